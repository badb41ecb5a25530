'use client';

import { Alert, Checkbox, Stack, Text, Textarea } from '@mantine/core';
import type { RJSFSchema } from '@rjsf/utils';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { JsonEditor } from '@/components/editor/json-editor';
import { jsonText, readJsonText } from '@/components/editor/json-text';
import { PayloadView } from '@/components/payload/payload-view';
import { TaskForm } from '@/components/task-form/task-form';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import { tell } from '@/components/ui/notices';
import { PLAIN_PAYLOAD, TEMPLATES } from '../playground/templates';
import classes from '../task-types/task-types.module.css';
import { useSchemaCheck } from '../use-schema-check';

const SCHEMA_DEFAULT = {
  type: 'object',
  required: ['answer'],
  properties: { answer: { type: 'string' } },
};
const FORM_ID = 'gold-answer';

interface AddGoldProps {
  type: string;
  /** A verified task to begin with: its payload, and its output as the known answer. */
  from: string | null;
  onDone: () => void;
  onCancel: () => void;
}

/** A gold is written as workers answer: by the real form, beside the payload they will see. */
export function AddGoldCard(props: AddGoldProps) {
  const trpc = useTRPC();
  const task = useQuery(
    trpc.tasks.get.queryOptions({ id: props.from ?? '' }, { enabled: props.from !== null }),
  );
  if (task.error) return <QueryFailure query={task} />;
  if (props.from && !task.data) return <Loading height={200} label="Loading the task" />;
  return (
    <GoldForm
      {...props}
      payload={task.data?.payload ?? TEMPLATES[props.type] ?? PLAIN_PAYLOAD}
      answer={task.data?.output ?? undefined}
    />
  );
}

function GoldForm(props: AddGoldProps & { payload: Record<string, unknown>; answer: unknown }) {
  const { type } = props;
  const trpc = useTRPC();
  const saved = useQuery(trpc.taskTypes.get.queryOptions({ type }, { retry: false }));
  const schema = useSchemaCheck(
    '',
    saved.isPending ? undefined : (saved.data?.output_schema ?? SCHEMA_DEFAULT),
  );
  const [payloadText, setPayload] = useState(() => jsonText(props.payload));
  const [answer, setAnswer] = useState(props.answer);
  const [explanation, setExplanation] = useState('');
  const [quiz, setQuiz] = useState(false);
  const add = useMutation(
    trpc.golds.add.mutationOptions({
      onSuccess: () => {
        tell('The gold is added.');
        props.onDone();
      },
    }),
  );
  const reading = readJsonText(payloadText);
  const payload = reading.ok && isObject(reading.value) ? reading.value : null;
  const failure = add.error ? failureOf(add.error) : null;
  return (
    <Card title={props.from ? 'A gold from a verified task' : 'Add a gold'}>
      <div className={classes.columns}>
        <Stack gap="md">
          <JsonEditor
            label="Payload"
            description="As in a real task: a gold that looks otherwise gives itself away."
            value={payloadText}
            onChange={setPayload}
            error={
              reading.ok && !payload
                ? 'Write a JSON object.'
                : failure?.param === 'payload'
                  ? failure.message
                  : undefined
            }
          />
          {payload ? <PayloadView payload={payload} hints={saved.data?.payload_ui} /> : null}
        </Stack>
        <Stack gap="md">
          <Text size="sm" fw={500}>
            The known answer
          </Text>
          {schema.normalised ? (
            <TaskForm
              key={JSON.stringify(schema.normalised)}
              id={FORM_ID}
              schema={schema.normalised as RJSFSchema}
              value={answer}
              refusals={[]}
              onChange={setAnswer}
              onSubmit={(value) =>
                payload && add.mutate({ type, payload, expected_output: value, explanation, quiz })
              }
            />
          ) : (
            <Loading height={120} label="Loading the form" />
          )}
          <Textarea
            label="Explanation"
            description="Told to a worker who answered otherwise."
            autosize
            minRows={2}
            value={explanation}
            onChange={(event) => setExplanation(event.currentTarget.value)}
          />
          <Checkbox
            label="Keep it for the quiz; never mix it into the queue"
            checked={quiz}
            onChange={(event) => setQuiz(event.currentTarget.checked)}
          />
          {failure && failure.param !== 'payload' ? (
            <Alert color="red" role="alert" icon={<Icon name="warning" />}>
              {failure.message}
            </Alert>
          ) : null}
          <DialogActions
            gap="sm"
            onCancel={props.onCancel}
            form={FORM_ID}
            loading={add.isPending}
            disabled={!payload || !schema.normalised || saved.isPending}
          >
            Add it
          </DialogActions>
        </Stack>
      </div>
    </Card>
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
