'use client';

import { Button } from '@mantine/core';
import type { RJSFSchema } from '@rjsf/utils';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { markNextChoices } from './answer-keys';
import { hasPatterns, loadPatterns } from './check/patterns';
import { answerOpenQuestions, whenSettled } from './check/slow-patterns';
import { FaultSummary, focusField } from './fault-summary';
import { FormBoundary } from './form-boundary';
import { type AnswerFault, faultsOf } from './form-validator';
import { JsonAnswer } from './json-answer';
import { withZonedDefaults } from './reading/zoned-time';
import { SchemaForm } from './schema-form';
import { answerOfDraft, faultsOfAnswer } from './shape/answer-of';
import classes from './task-form.module.css';
import { useFormDraft } from './use-form-draft';

interface TaskFormProps {
  id: string;
  /** Normalised; see the server's `normaliseSchema`. */
  schema: RJSFSchema;
  /** What `onChange` gave last, an answer to start from, or undefined for an untouched form. */
  value: unknown;
  disabled?: boolean;
  /** What the server found wrong with the last answer. */
  refusals: AnswerFault[];
  /** Gets what is to be kept as the draft: it holds more than the answer, and is not one. */
  onChange: (value: unknown) => void;
  /** Gets an answer without faults. */
  onSubmit: (value: unknown) => void;
}

/**
 * A form made from the JSON Schema of an answer. A submit that is not complete goes to the first
 * field at fault and lists them all. Buttons outside it submit it by its `id`. A worker who prefers
 * to, or whose form cannot be shown, writes the answer as JSON.
 */
export function TaskForm(props: TaskFormProps) {
  const { id, refusals, onChange, onSubmit } = props;
  const schema = useMemo(() => withZonedDefaults(props.schema), [props.schema]);
  const [prefersJson, setPrefersJson] = useState(false);
  const { faults, show, recheck } = useFaults(id);
  const { draft, edit, latest } = useFormDraft(schema, props.value, (value, next) => {
    recheck(() => faultsOfAnswer(schema, answerOfDraft(schema, next)));
    onChange(value);
  });
  const shown = faults.length > 0 ? faults : refusals;
  useEffect(answerOpenQuestions);
  // After every rendering: which question a key would answer depends on what is answered.
  useEffect(() => markNextChoices(document.getElementById(id)));
  useEffect(() => {
    const mark = () => markNextChoices(document.getElementById(id));
    document.addEventListener('focusin', mark);
    return () => document.removeEventListener('focusin', mark);
  }, [id]);
  useEffect(() => {
    if (hasPatterns(schema)) void loadPatterns();
  }, [schema]);

  const submit = (read: () => Checked) =>
    whenSettled(read, ({ answer, found }) => {
      show(found);
      if (found.length === 0) onSubmit(answer);
    });
  const json = () => (
    <JsonAnswer
      id={id}
      schema={schema}
      value={answerOfDraft(schema, draft).value}
      disabled={props.disabled}
      faults={shown}
      onChange={(value) => {
        recheck(() => faultsOf(schema, value));
        onChange(value);
      }}
      onSubmit={(answer) => submit(() => ({ answer, found: faultsOf(schema, answer) }))}
      onFaults={show}
    />
  );
  return (
    <div className={classes.form} data-answer>
      <FaultSummary formId={id} schema={schema} draft={draft} faults={shown} />
      <fieldset className={classes.whole} disabled={props.disabled}>
        {prefersJson ? (
          json()
        ) : (
          <FormBoundary instead={json}>
            <SchemaForm
              id={id}
              schema={schema}
              draft={draft}
              latest={latest}
              faults={shown}
              onEdit={edit}
              onSubmit={submit}
            />
          </FormBoundary>
        )}
      </fieldset>
      <Button
        className={classes.asJson}
        variant="subtle"
        color="gray"
        size="compact-xs"
        onClick={() => setPrefersJson(!prefersJson)}
      >
        {prefersJson ? 'Back to the form' : 'Write it as JSON'}
      </Button>
    </div>
  );
}

/** An answer, and what is wrong with it. */
interface Checked {
  answer: unknown;
  found: AnswerFault[];
}

/** The faults of the last try to submit. One that is mended goes; none comes while writing. */
function useFaults(formId: string) {
  const [faults, setFaults] = useState<AnswerFault[]>([]);
  const show = useCallback(
    (found: AnswerFault[]) => {
      setFaults(found);
      const [first] = found;
      if (first) focusField(formId, first.pointer);
    },
    [formId],
  );
  const afterPress = useAfterPress();
  const recheck = (check: () => AnswerFault[]) => {
    if (faults.length === 0) return;
    const still = new Set(check().map((each) => JSON.stringify(each)));
    const isLeft = (fault: AnswerFault) => still.has(JSON.stringify(fault));
    if (faults.every(isLeft)) return;
    // A press on Submit has found others by then.
    afterPress(() => setFaults((shown) => (shown === faults ? faults.filter(isLeft) : shown)));
  };
  return { faults, show, recheck };
}

/**
 * Runs something at once, or after the press that is under way: a field is left by pressing a button,
 * which must not move away between the pointer's way down and its way up.
 */
function useAfterPress(): (run: () => void) => void {
  const isDown = useRef(false);
  useEffect(() => {
    const down = () => {
      isDown.current = true;
    };
    const up = () => {
      isDown.current = false;
    };
    document.addEventListener('pointerdown', down, true);
    document.addEventListener('pointerup', up, true);
    document.addEventListener('pointercancel', up, true);
    return () => {
      document.removeEventListener('pointerdown', down, true);
      document.removeEventListener('pointerup', up, true);
      document.removeEventListener('pointercancel', up, true);
    };
  }, []);
  return useCallback((run) => {
    if (!isDown.current) return run();
    // The click comes right after the pointer is up.
    const later = () => setTimeout(run);
    document.addEventListener('pointerup', later, { once: true });
  }, []);
}
