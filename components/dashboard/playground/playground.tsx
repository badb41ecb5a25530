'use client';

import { Button, CopyButton, Group, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { JsonEditor, type JsonRemark } from '@/components/editor/json-editor';
import { jsonText, readJsonText } from '@/components/editor/json-text';
import { type Failure, failureOf } from '@/components/trpc/failure';
import { LONG_INPUT, useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Select } from '@/components/ui/inputs/select';
import { useContract } from '@/components/ui/inputs/use-contract';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import type { TaskType } from '@/server/features/task-types/schema';
import type { Faults } from '../term-fields';
import { useSchemaCheck } from '../use-schema-check';
import { CodeCard } from './code-card';
import { CostCard } from './cost-card';
import { type Draft, EMPTY_DRAFT, readDraft } from './draft';
import classes from './playground.module.css';
import { RequestFields } from './request-fields';
import { PLAIN_PAYLOAD, TEMPLATES } from './templates';
import { linkTo, useDraft } from './use-draft';

// Payload and form weigh as much as the rest of the page.
const WorkerPreview = dynamic(
  () => import('../worker-preview').then((file) => file.WorkerPreview),
  { ssr: false, loading: () => <Loading height={320} radius="lg" label="Loading the preview" /> },
);

const fetchContract = () =>
  import('@/server/features/tasks/schema').then((contracts) => contracts.CreateTask);

const QUOTE_PAUSE_MS = 500;
const SCHEMA_DEFAULT = {
  type: 'object',
  required: ['answer'],
  properties: { answer: { type: 'string' } },
};

interface PlaygroundProps {
  mode: 'live' | 'test';
  organizationId: string;
  mayCreate: boolean;
  publicUrl: string;
}

/** Builds a request, with the worker's form, the price and the code beside it. */
export function Playground(props: PlaygroundProps) {
  const trpc = useTRPC();
  const types = useQuery(trpc.taskTypes.list.queryOptions({}));
  if (types.isError) {
    return (
      <PageBody wide>
        <PageHeader title="Playground" />
        <QueryFailure query={types} />
      </PageBody>
    );
  }
  if (!types.data) {
    return (
      <PageBody wide>
        <PageHeader title="Playground" />
        <Loading height={320} radius="lg" label="Loading the playground" />
      </PageBody>
    );
  }
  return <Bench {...props} types={types.data.data} />;
}

function templateOf(types: readonly TaskType[], name: string): Draft | null {
  const found = types.find(({ type }) => type === name);
  if (!found) return null;
  return {
    ...EMPTY_DRAFT,
    type: found.type,
    payload: jsonText(TEMPLATES[found.type] ?? PLAIN_PAYLOAD),
    schema: found.output_schema ? jsonText(found.output_schema) : '',
  };
}

function Bench(props: PlaygroundProps & { types: TaskType[] }) {
  const { mode, types } = props;
  const { draft, change } = useDraft({
    place: `humanrail-playground:${props.organizationId}:${mode}`,
    template: (type) => templateOf(types, type),
  });
  return (
    <PageBody wide>
      <PageHeader
        title="Playground"
        about="Write a task, see it as its worker will, and send it."
        actions={
          draft ? (
            <CopyButton value={linkTo(draft)}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? 'Link copied' : 'Copy link'}
                </Button>
              )}
            </CopyButton>
          ) : null
        }
      />
      {draft ? (
        <Written {...props} draft={draft} change={change} />
      ) : (
        <Loading height={320} radius="lg" label="Loading the playground" />
      )}
    </PageBody>
  );
}

function Written(
  props: PlaygroundProps & {
    types: TaskType[];
    draft: Draft;
    change: (changes: Partial<Draft>) => void;
  },
) {
  const { mode, draft, change, types } = props;
  const trpc = useTRPC();
  const skills = useQuery(trpc.taskTypes.skills.queryOptions());
  const saved = types.find(({ type }) => type === draft.type) ?? null;
  const schema = useSchemaCheck(draft.schema, saved?.output_schema ?? SCHEMA_DEFAULT);
  const contract = useContract(fetchContract);
  const { request, faults } = useMemo(
    () => readDraft(draft, mode, contract),
    [draft, mode, contract],
  );
  const [paused] = useDebouncedValue(request, QUOTE_PAUSE_MS);
  const quote = useQuery(
    trpc.quotes.create.queryOptions(paused ?? { type: 'none', payload: {} }, {
      enabled: paused !== null && request !== null && props.mayCreate,
      placeholderData: keepPreviousData,
      retry: false,
      trpc: LONG_INPUT,
    }),
  );
  const refusal = request && quote.error && !quote.isFetching ? failureOf(quote.error) : null;
  const shown = { ...faultsOf(refusal), ...faults };
  const payload = readJsonText(draft.payload);
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <Card title="Request">
          <Stack gap="md">
            <Group grow align="flex-start" gap="sm">
              <Select
                label="Start from"
                placeholder="A task type"
                value={saved ? saved.type : null}
                data={types.map(({ type, title }) => ({ value: type, label: title }))}
                onChange={(type) => {
                  const template = type ? templateOf(types, type) : null;
                  if (template) change(template);
                }}
              />
              <TextInput
                label="Type"
                value={draft.type}
                onChange={(event) => change({ type: event.currentTarget.value })}
                error={shown.type}
                spellCheck={false}
              />
            </Group>
            <JsonEditor
              label="Payload"
              description="What the worker looks at: a JSON object."
              value={draft.payload}
              onChange={(text) => change({ payload: text })}
              error={payload.ok ? shown.payload : undefined}
            />
            <JsonEditor
              label="Answer schema"
              description="JSON Schema of the answer. Left empty, the type’s applies."
              optional
              value={draft.schema}
              onChange={(text) => change({ schema: text })}
              remarks={schemaRemarks(schema.remarks, refusal)}
              error={schema.remarks.length > 0 ? undefined : shown.output_schema}
              minHeight={160}
            />
            <RequestFields
              draft={draft}
              faults={shown}
              onChange={change}
              mode={mode}
              saved={saved}
              skills={skills.data ?? []}
            />
          </Stack>
        </Card>
      </div>
      <div className={classes.column}>
        <WorkerPreview
          title={saved?.title ?? draft.type}
          instructions={draft.instructions || (saved?.instructions ?? '')}
          payload={payload.ok && isObject(payload.value) ? payload.value : null}
          schema={schema}
          hints={saved?.payload_ui}
          answerActions={[
            ...(mode === 'test'
              ? [
                  {
                    label: 'Let the sandbox answer this',
                    run: (answer: unknown) => change({ sandboxAnswer: jsonText(answer) }),
                  },
                ]
              : []),
            {
              label: 'Use as the agent’s guess',
              run: (answer) => change({ guess: jsonText(answer), guessConfidence: '50' }),
            },
          ]}
        />
        <CostCard
          mode={mode}
          mayCreate={props.mayCreate}
          request={request}
          quote={request && !refusal ? (quote.data ?? null) : null}
          refusal={refusal?.message ?? null}
        />
        <CodeCard request={request} publicUrl={props.publicUrl} />
      </div>
    </div>
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The server's faults by field: all of them where it lists several. */
function faultsOf(refusal: Failure | null): Faults {
  if (!refusal) return {};
  const listed = Array.isArray(refusal.details)
    ? (refusal.details as { param?: string; message?: string }[])
    : [{ param: refusal.param ?? '', message: refusal.message }];
  return Object.fromEntries(
    listed.flatMap(({ param, message }) => (param && message ? [[param, message]] : [])),
  );
}

/** What the check said, or, before it has spoken, what the quote was refused for. */
function schemaRemarks(remarks: JsonRemark[], refusal: Failure | null): JsonRemark[] {
  const details = refusal?.details as { pointer?: unknown } | null | undefined;
  if (refusal?.code !== 'invalid_output_schema' || typeof details?.pointer !== 'string') {
    return remarks;
  }
  if (remarks.some(({ severity }) => severity === 'error')) return remarks;
  return [...remarks, { pointer: details.pointer, message: refusal.message, severity: 'error' }];
}
