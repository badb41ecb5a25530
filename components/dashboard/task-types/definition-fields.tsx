'use client';

import { Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { JsonEditor, type JsonRemark } from '@/components/editor/json-editor';
import { Markdown } from '@/components/payload/text/markdown';
import { Card } from '@/components/ui/card';
import { SegmentedControl } from '@/components/ui/inputs/segmented-control';
import { Select } from '@/components/ui/inputs/select';
import { TagsInput } from '@/components/ui/inputs/tags-input';
import { bindTo, type Faults, faultUnder, NumberField, TermFields } from '../term-fields';
import { CheckField } from './check-field';
import classes from './task-types.module.css';
import type { TypeDraft } from './type-draft';

interface FieldsProps {
  draft: TypeDraft;
  faults: Faults;
  onChange: (changes: Partial<TypeDraft>) => void;
}

/** What the question is: words for the worker, and the shape of the answer. */
export function QuestionFields(props: FieldsProps & { remarks: JsonRemark[] }) {
  const { draft, faults, onChange } = props;
  const bound = bindTo({ draft, faults, onChange });
  return (
    <Card title="The question">
      <Stack gap="md">
        <TextInput
          label="Title"
          description="What workers see. Left empty, the type’s name."
          {...bound.text('title', 'title')}
        />
        <TextInput
          label="Description"
          description="For your colleagues."
          {...bound.text('description', 'description')}
        />
        <Instructions {...props} />
        <JsonEditor
          label="Answer schema"
          description="JSON Schema of the answer; the worker’s form is made from it."
          optional
          minHeight={160}
          value={draft.schema}
          onChange={(schema) => onChange({ schema })}
          remarks={props.remarks}
          error={props.remarks.length > 0 ? undefined : faults.output_schema}
        />
        <details>
          <summary>Advanced: how the payload is shown</summary>
          <div style={{ paddingTop: 12 }}>
            <JsonEditor
              label="Payload hints"
              description={
                'By field, such as {"policy": "markdown", "trace": "hidden"}; what fits is found by itself elsewhere. A payload’s own $ui comes first.'
              }
              optional
              minHeight={80}
              value={draft.payloadUi}
              onChange={(payloadUi) => onChange({ payloadUi })}
              remarks={remarksUnder('payload_ui', faults)}
            />
          </div>
        </details>
      </Stack>
    </Card>
  );
}

function Instructions({ draft, faults, onChange }: FieldsProps) {
  const bound = bindTo({ draft, faults, onChange });
  const [view, setView] = useState('write');
  return (
    <div>
      <SegmentedControl
        size="xs"
        mb={6}
        aria-label="Instructions"
        value={view}
        onChange={setView}
        data={[
          { value: 'write', label: 'Write' },
          { value: 'preview', label: 'Preview' },
        ]}
      />
      {view === 'write' ? (
        <Textarea
          label="Instructions"
          description="Markdown: what to look at, how to decide, and the traps."
          autosize
          minRows={6}
          maxRows={24}
          {...bound.text('instructions', 'instructions')}
        />
      ) : (
        <section className={classes.preview} aria-label="Instructions as workers see them">
          {draft.instructions.trim() ? (
            <Markdown text={draft.instructions} />
          ) : (
            <Text size="sm" c="dimmed">
              Nothing is written yet.
            </Text>
          )}
        </section>
      )}
    </div>
  );
}

/** What it costs, who may answer, and how sure the answer must be. */
export function TermsFields(props: FieldsProps & { type: string; skills: readonly string[] }) {
  const { draft, faults, onChange } = props;
  const bound = bindTo({ draft, faults, onChange });
  return (
    <Card title="Terms">
      <Stack gap="md">
        <TermFields draft={draft} faults={faults} onChange={onChange}>
          <NumberField
            label="Gold rate, %"
            placeholder="Falls as a worker proves reliable"
            {...bound.value('goldRate', 'gold_rate')}
          />
          <Select
            label="Who may answer"
            data={[
              { value: 'public', label: 'Everybody with the skills' },
              { value: 'organization', label: 'Your own people alone' },
            ]}
            value={draft.pool}
            onChange={(value) => onChange({ pool: value ?? 'public' })}
            description="Concerns live tasks; the sandbox answers in test."
          />
        </TermFields>
        <TagsInput
          label="Skills"
          description="A worker must hold all of them."
          data={[...props.skills]}
          value={draft.skills}
          onChange={(skills) => onChange({ skills })}
          error={faultUnder(faults, 'skills_required')}
          clearable
        />
        <CheckField
          type={props.type}
          url={draft.checkUrl}
          fault={faults.check_url}
          onChange={(checkUrl) => onChange({ checkUrl })}
        />
        <Switch
          label="Let the agent’s guess stand in for votes"
          description="Fewer answers are bought where agent_guess agrees, once 20 labelled tasks show what it is worth."
          checked={draft.agentVotes}
          onChange={(event) => onChange({ agentVotes: event.currentTarget.checked })}
        />
        <details>
          <summary>Advanced: verification</summary>
          <div style={{ paddingTop: 12 }}>
            <JsonEditor
              label="Verification policy"
              description={
                'Numbers that differ for this type, such as {"qa": {"sampleRate": 0.2}}. Sections: anomaly, gold, consensus, qa.'
              }
              optional
              minHeight={80}
              value={draft.policy}
              onChange={(policy) => onChange({ policy })}
              remarks={remarksUnder('policy', faults)}
            />
          </div>
        </details>
      </Stack>
    </Card>
  );
}

/** Faults of a part that is written as JSON, at their places in it. */
function remarksUnder(part: string, faults: Faults): JsonRemark[] {
  return Object.entries(faults).flatMap(([path, message]) =>
    path === part || path.startsWith(`${part}.`)
      ? [
          {
            pointer: path.slice(part.length).replaceAll('.', '/'),
            message,
            severity: 'error' as const,
          },
        ]
      : [],
  );
}
