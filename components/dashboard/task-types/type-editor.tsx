'use client';

import { Alert, Badge, Button, Group, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useMemo, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { useContract } from '@/components/ui/inputs/use-contract';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import type { TaskType } from '@/server/features/task-types/schema';
import type { TaskTypeVersionSummary } from '@/server/features/task-types/versions-schema';
import { PLAIN_PAYLOAD, TEMPLATES } from '../playground/templates';
import { useSchemaCheck } from '../use-schema-check';
import { ChangedNotice } from './changed-notice';
import { QuestionFields, TermsFields } from './definition-fields';
import { fieldsOfSchema, type RuleField } from './rules/rule-rows';
import classes from './task-types.module.css';
import { hintsOf, proposedDraft, readTypeDraft, type TypeDraft, typeDraftOf } from './type-draft';
import { useSaveType } from './use-save-type';

// Payload and form weigh as much as the rest of the page.
const WorkerPreview = dynamic(
  () => import('../worker-preview').then((file) => file.WorkerPreview),
  { ssr: false, loading: () => <Loading height={320} radius="lg" label="Loading the preview" /> },
);

// Behind the other two tabs.
const RulesEditor = dynamic(() => import('./rules/rules-editor').then((file) => file.RulesEditor), {
  ssr: false,
});
const RuleTestCard = dynamic(() => import('./rules/rule-test').then((file) => file.RuleTestCard), {
  ssr: false,
});
const Versions = dynamic(() => import('./versions').then((file) => file.Versions), { ssr: false });

const fetchContract = () =>
  import('@/server/features/task-types/schema').then((contracts) => contracts.PutTaskType);

interface TypeEditorProps {
  type: string;
  /** Null while nothing is saved under this name. */
  saved: TaskType | null;
  versions: TaskTypeVersionSummary[];
  mayChange: boolean;
}

/** Edits a type with the worker's form beside it; what somebody else saved meanwhile is never lost. */
export function TypeEditor({ type, saved, versions, mayChange }: TypeEditorProps) {
  const trpc = useTRPC();
  const skills = useQuery(trpc.taskTypes.skills.queryOptions());
  /** What the draft began with: later saves by others do not change what is being written. */
  const [base, setBase] = useState(saved);
  const proposed = useSearchParams();
  const [draft, setDraft] = useState<TypeDraft>(() => ({
    ...typeDraftOf(saved ?? {}),
    ...proposedDraft((name) => proposed?.get(name) ?? null),
  }));
  const begin = (from: TaskType | null) => {
    setBase(from);
    setDraft(typeDraftOf(from ?? {}));
  };
  const contract = useContract(fetchContract);
  const { saved: whole, faults } = useMemo(() => readTypeDraft(draft, contract), [draft, contract]);
  const isDirty = JSON.stringify(draft) !== JSON.stringify(typeDraftOf(base ?? {}));
  const save = useSaveType({ type, base, isDirty, onSaved: begin });
  const shown = { ...save.faults, ...faults };
  const schema = useSchemaCheck(draft.schema, EMPTY_SCHEMA);
  const hints = useMemo(() => hintsOf(draft.payloadUi), [draft.payloadUi]);
  const payload = TEMPLATES[type] ?? PLAIN_PAYLOAD;
  // A rule can be written at once: before the check has spoken, of what is written.
  const asked = schema.normalised ?? schema.written;
  const fields = useMemo(() => fieldsFor(asked, payload), [asked, payload]);
  const change = (changes: Partial<TypeDraft>) => {
    save.forgetFaults();
    setDraft((before) => ({ ...before, ...changes }));
  };
  return (
    <PageBody wide>
      <PageHeader
        title={draft.title || type}
        about={
          <Group gap={8}>
            <code>{type}</code>
            <Badge color="gray">{stateOf(base)}</Badge>
          </Group>
        }
        actions={
          <>
            {base ? <TypeLinks type={type} /> : null}
            <Button component={Link} href={`/dashboard/playground?type=${type}`} variant="default">
              Try in the playground
            </Button>
            {mayChange && base && !base.shipped ? (
              <ConfirmButton
                label="Delete"
                question={`Delete ${type}?`}
                verb="Delete the type"
                busy={save.isRemoving}
                button={{ size: 'sm' }}
                onConfirm={save.remove}
              >
                Tasks made before keep their own schema and price. New tasks of this type get no
                defaults any more, unless one ships under this name. Its versions are kept, and its
                golds are served no longer.
              </ConfirmButton>
            ) : null}
            {mayChange ? (
              <Button
                onClick={() => whole && save.run(whole)}
                loading={save.isSaving}
                disabled={!whole || !(isDirty || base === null)}
              >
                {base ? 'Save' : 'Create'}
              </Button>
            ) : null}
          </>
        }
      />
      {base?.shipped && mayChange ? (
        <Alert mb="md" color="gray" icon={<Icon name="shapes" />}>
          This type comes with HumanRail. What you save applies to your organization in this mode
          alone; deleting it brings the original back.
        </Alert>
      ) : null}
      <FormFault mb="md">{save.refusal}</FormFault>
      {save.conflict ? (
        <ChangedNotice
          type={type}
          base={base}
          onKeepMine={(version) => whole && save.run(whole, version)}
          onTakeTheirs={(theirs) => {
            save.forgetFaults();
            begin(theirs);
          }}
        />
      ) : null}
      <Tabs defaultValue="definition" keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="definition">Definition</Tabs.Tab>
          <Tabs.Tab value="rules">Rules{countOf(draft.rules.length)}</Tabs.Tab>
          <Tabs.Tab value="versions">Versions{countOf(versions.length)}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="definition">
          <div className={classes.columns}>
            <fieldset className={classes.conditions} style={{ gap: 24 }} disabled={!mayChange}>
              <QuestionFields
                draft={draft}
                faults={shown}
                onChange={change}
                remarks={schema.remarks}
              />
              <TermsFields
                type={type}
                draft={draft}
                faults={shown}
                onChange={change}
                skills={skills.data ?? []}
              />
            </fieldset>
            <WorkerPreview
              title={draft.title || type}
              instructions={draft.instructions}
              payload={payload}
              schema={schema}
              hints={hints}
            />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <div className={classes.columns}>
            <RulesEditor
              rules={draft.rules}
              fields={fields}
              faults={shown}
              disabled={!mayChange}
              onChange={(rules) => change({ rules })}
            />
            <RuleTestCard type={type} rules={draft.rules} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <Versions
            type={type}
            versions={versions}
            mayChange={mayChange}
            busy={save.isRestoring}
            onRestore={save.restore}
          />
        </Tabs.Panel>
      </Tabs>
    </PageBody>
  );
}

function TypeLinks({ type }: { type: string }) {
  return (
    <>
      <Button component={Link} href={`/dashboard/task-types/${type}/golds`} variant="default">
        Golds
      </Button>
      <Button component={Link} href={`/dashboard/task-types/${type}/back-test`} variant="default">
        Back-test
      </Button>
    </>
  );
}

const EMPTY_SCHEMA = {
  type: 'object',
  required: ['answer'],
  properties: { answer: { type: 'string' } },
};

const countOf = (count: number) => (count > 0 ? ` (${count})` : '');

function stateOf(base: TaskType | null): string {
  if (!base) return 'Not saved yet';
  return base.shipped ? 'Ships with HumanRail' : `Version ${base.version}`;
}

/** The answer's fields, and those of a payload of the type as far as one is known. */
function fieldsFor(schema: unknown, payload: Record<string, unknown>): RuleField[] {
  const ofPayload = Object.entries(payload).map(([name, value]): RuleField => {
    const kinds = { string: 'text', number: 'number', boolean: 'boolean' } as const;
    const kind =
      kinds[typeof value as keyof typeof kinds] ?? (Array.isArray(value) ? 'list' : 'any');
    return { path: `payload.${name}`, kind, choices: [] };
  });
  return [...fieldsOfSchema(schema), ...ofPayload];
}
