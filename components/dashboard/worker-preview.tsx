'use client';

import { Alert, Box, Button, Group, Text } from '@mantine/core';
import type { RJSFSchema } from '@rjsf/utils';
import { useId, useState } from 'react';
import { PayloadView } from '@/components/payload/payload-view';
import { Markdown } from '@/components/payload/text/markdown';
import { LazyTaskForm, useTaskFormIsThere } from '@/components/task-form/lazy-task-form';
import { Card } from '@/components/ui/card';
import { JsonBlock } from '@/components/ui/code/code-block';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import type { CheckedSchema } from './use-schema-check';
import classes from './worker-preview.module.css';

interface WorkerPreviewProps {
  title: string;
  instructions: string;
  /** Null while the payload cannot be read. */
  payload: Record<string, unknown> | null;
  schema: CheckedSchema;
  /** How the type wants the payload's fields shown. */
  hints?: Record<string, unknown> | undefined;
  /** What may be done with an answer that was tried out. */
  answerActions?: { label: string; run: (answer: unknown) => void }[];
}

/** A task as its worker will see it: the worker's own form and view, alive. */
export function WorkerPreview(props: WorkerPreviewProps) {
  const { schema, payload } = props;
  return (
    <Card title="What the worker sees">
      <div className={classes.screen} data-testid="worker-preview">
        <div className={classes.bar}>{props.title || 'Untitled task'}</div>
        <Box p={16}>
          {props.instructions ? (
            <details className={classes.instructions}>
              <summary>Instructions</summary>
              <Markdown text={props.instructions} />
            </details>
          ) : null}
          {payload ? (
            <PayloadView payload={payload} hints={props.hints} />
          ) : (
            <Text size="sm" c="dimmed">
              The payload shows here once it is a JSON object.
            </Text>
          )}
          <hr className={classes.rule} />
          {schema.isStale && schema.normalised ? (
            <Alert color="orange" mb="md" icon={<Icon name="warning" />} role="status">
              The schema has a fault, so this is the last form that worked.
            </Alert>
          ) : null}
          {schema.normalised ? (
            <TriedForm
              key={JSON.stringify(schema.normalised)}
              schema={schema.normalised as RJSFSchema}
              actions={props.answerActions ?? []}
            />
          ) : schema.isStale ? (
            <Text size="sm" c="dimmed">
              The form shows here once the schema has no fault.
            </Text>
          ) : (
            <Loading height={120} radius="md" label="Loading the form" />
          )}
        </Box>
      </div>
    </Card>
  );
}

/** The form, to be filled in for a try; nothing is sent. */
function TriedForm(props: {
  schema: RJSFSchema;
  actions: { label: string; run: (answer: unknown) => void }[];
}) {
  const formId = `preview-${useId().replaceAll(':', '')}`;
  const [value, setValue] = useState<unknown>(undefined);
  const [answer, setAnswer] = useState<{ value: unknown } | null>(null);
  const formIsThere = useTaskFormIsThere();
  return (
    <>
      <LazyTaskForm
        id={formId}
        schema={props.schema}
        value={value}
        refusals={[]}
        onChange={(next) => {
          setValue(next);
          setAnswer(null);
        }}
        onSubmit={(given) => setAnswer({ value: given })}
      />
      <Group mt="md" gap="sm">
        <Button type="submit" form={formId} variant="default" size="xs" loading={!formIsThere}>
          Try this answer
        </Button>
        <Text size="xs" c="dimmed">
          Nothing is sent.
        </Text>
      </Group>
      {answer ? (
        <Box mt={12} role="status">
          <JsonBlock value={answer.value} label="the answer you would get" maxHeight={220} />
          {props.actions.length > 0 ? (
            <Group gap="sm" mt={8}>
              {props.actions.map(({ label, run }) => (
                <Button
                  key={label}
                  variant="subtle"
                  size="compact-xs"
                  onClick={() => run(answer.value)}
                >
                  {label}
                </Button>
              ))}
            </Group>
          ) : null}
        </Box>
      ) : null}
    </>
  );
}
