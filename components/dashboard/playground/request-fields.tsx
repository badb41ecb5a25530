'use client';

import { SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { JsonEditor } from '@/components/editor/json-editor';
import { Select } from '@/components/ui/inputs/select';
import { TagsInput } from '@/components/ui/inputs/tags-input';
import type { TaskType } from '@/server/features/task-types/schema';
import { bindTo, type Faults, faultUnder, NumberField, TermFields } from '../term-fields';
import type { Draft } from './draft';
import classes from './playground.module.css';

interface FieldsProps {
  draft: Draft;
  faults: Faults;
  onChange: (changes: Partial<Draft>) => void;
}

/** Everything a create takes besides its type, payload and schema. */
export function RequestFields(
  props: FieldsProps & { mode: 'live' | 'test'; saved: TaskType | null; skills: readonly string[] },
) {
  const { draft, faults, onChange, saved } = props;
  const bound = bindTo({ draft, faults, onChange });
  const fields = { draft, faults, onChange };
  return (
    <Stack gap="xs">
      <Section title="Price, time and votes" open>
        <TermFields {...fields} type={saved} />
      </Section>
      <Section title="Skills and instructions">
        <TagsInput
          label="Skills"
          description="A worker must hold all of them. Left untouched, the type says."
          placeholder={draft.skills === null ? (saved?.skills_required.join(', ') ?? '') : ''}
          data={[...props.skills]}
          value={draft.skills ?? []}
          onChange={(skills) => onChange({ skills })}
          error={faultUnder(faults, 'skills_required')}
          clearable
        />
        <Textarea
          label="Instructions"
          description="Markdown. Left empty, the type’s instructions are shown."
          autosize
          minRows={3}
          maxRows={14}
          {...bound.text('instructions', 'instructions')}
        />
      </Section>
      <Section title="For your program">
        <JsonEditor
          label="Metadata"
          description="Comes back with the task and its events. Workers never see it."
          optional
          minHeight={64}
          value={draft.metadata}
          onChange={(metadata) => onChange({ metadata })}
          error={faultUnder(faults, 'metadata')}
        />
        <TextInput
          label="Callback address"
          description="Gets this task’s events besides your endpoints."
          placeholder="https://"
          {...bound.text('callbackUrl', 'callback_url')}
        />
        <TextInput
          label="Idempotency key"
          description="The same key never makes a second task. Left empty, each press of the button has its own."
          {...bound.text('idempotencyKey', 'idempotency_key')}
        />
      </Section>
      <Section title="The agent’s guess">
        <JsonEditor
          label="What the agent would have answered"
          description="Feeds the calibration report. Workers never see it."
          optional
          minHeight={64}
          {...bound.value('guess', 'agent_guess.output')}
        />
        <NumberField
          label="How sure it was, %"
          {...bound.value('guessConfidence', 'agent_guess.confidence')}
        />
      </Section>
      <Section title="When the votes do not make it sure">
        <Select
          label="Then the output"
          data={[
            { value: 'verify', label: 'Is given with the confidence it has' },
            { value: 'review', label: 'Waits for a reviewer' },
            { value: 'fail', label: 'Is not given: the task fails' },
          ]}
          value={draft.onLowConfidence || 'verify'}
          onChange={(value) => onChange({ onLowConfidence: value ?? '' })}
        />
      </Section>
      <Section title="When time runs out">
        <Select
          label="Then the task"
          data={[
            { value: 'expire', label: 'Expires, and the hold is freed' },
            { value: 'default', label: 'Is answered with a default' },
          ]}
          value={draft.onTimeout}
          onChange={(value) => onChange({ onTimeout: value ?? 'expire' })}
        />
        {draft.onTimeout === 'default' ? (
          <JsonEditor
            label="The default answer"
            description="Must satisfy the schema."
            optional
            minHeight={64}
            {...bound.value('timeoutOutput', 'on_timeout.output')}
          />
        ) : null}
      </Section>
      {props.mode === 'test' ? <SandboxFields {...fields} /> : null}
    </Stack>
  );
}

function SandboxFields(fields: FieldsProps) {
  const { draft, faults, onChange } = fields;
  const bound = bindTo({ draft, faults, onChange });
  return (
    <Section title="Sandbox script">
      <Text size="xs" c="dimmed">
        What the simulated workers do. Without a script they answer by the schema, at random.
      </Text>
      <Select
        label="Outcome"
        placeholder="As it comes"
        clearable
        data={[
          { value: 'verified', label: 'Verified' },
          { value: 'failed', label: 'Failed: every answer is rejected' },
          { value: 'expired', label: 'Expired: nobody answers' },
        ]}
        value={draft.sandboxOutcome || null}
        onChange={(value) => onChange({ sandboxOutcome: value ?? '' })}
        error={faults['sandbox.outcome']}
      />
      <JsonEditor
        label="The answer they give"
        optional
        minHeight={64}
        {...bound.value('sandboxAnswer', 'sandbox.answer')}
      />
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <NumberField
          label="Delay, seconds"
          {...bound.value('sandboxDelay', 'sandbox.delay_seconds')}
        />
        <TextInput
          label="Accuracies, %"
          placeholder="90, 90, 60"
          value={draft.sandboxWorkers}
          onChange={(event) => onChange({ sandboxWorkers: event.currentTarget.value })}
          error={faultUnder(faults, 'sandbox.workers')}
        />
        <TextInput label="Seed" {...bound.text('sandboxSeed', 'sandbox.seed')} />
      </SimpleGrid>
    </Section>
  );
}

function Section(props: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details className={classes.section} open={props.open}>
      <summary>{props.title}</summary>
      <Stack gap="sm" pt={12}>
        {props.children}
      </Stack>
    </details>
  );
}
