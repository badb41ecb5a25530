'use client';

import { Button } from '@mantine/core';
import type { RJSFSchema } from '@rjsf/utils';
import { Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { markNextChoices } from './answer-keys';
import { hasPatterns, loadPatterns } from './check/patterns';
import { whenSettled } from './check/slow-patterns';
import { cleanAnswer } from './clean-answer';
import { FaultSummary, focusField } from './fault-summary';
import { FormBoundary } from './form-boundary';
import { canBeForm } from './form-schema';
import { type AnswerFault, faultsOf } from './form-validator';
import { JsonAnswer } from './json-answer';
import { SchemaForm } from './schema-form';
import classes from './task-form.module.css';
import { withZonedDefaults } from './zoned-time';

interface TaskFormProps {
  id: string;
  /** Normalised; see the server's `normaliseSchema`. */
  schema: RJSFSchema;
  value: unknown;
  disabled?: boolean;
  /** What the server found wrong with the last answer. */
  refusals: AnswerFault[];
  onChange: (value: unknown) => void;
  onSubmit: (value: unknown) => void;
}

/**
 * A form made from the JSON Schema of an answer. A submit that is not complete goes to the first
 * field at fault and lists them all. Buttons outside it submit it by its `id`. What no form can be
 * made of is answered as JSON, and so is whatever the worker prefers to.
 */
export function TaskForm(props: TaskFormProps) {
  const { id, refusals, onChange, onSubmit } = props;
  const schema = useMemo(() => withZonedDefaults(props.schema), [props.schema]);
  const hasForm = useMemo(() => canBeForm(schema), [schema]);
  const [prefersJson, setPrefersJson] = useState(false);
  const asJson = prefersJson || !hasForm;
  const { faults, show, recheck } = useFaults(id, schema);
  const shown = faults.length > 0 ? faults : refusals;
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

  const change = (value: unknown) => {
    recheck(value);
    onChange(value);
  };
  const submit = (read: () => unknown) =>
    whenSettled(
      () => {
        const answer = read();
        return { answer, found: faultsOf(schema, answer) };
      },
      ({ answer, found }) => {
        show(found);
        if (found.length === 0) onSubmit(answer);
      },
    );
  const json = (
    <JsonAnswer
      id={id}
      schema={schema}
      value={props.value}
      disabled={props.disabled}
      faults={shown}
      onChange={change}
      onSubmit={(value) => submit(() => value)}
      onFaults={show}
    />
  );
  return (
    <div className={classes.form} data-answer>
      <FaultSummary formId={id} schema={schema} faults={shown} />
      <fieldset className={classes.whole} disabled={props.disabled}>
        {asJson ? (
          json
        ) : (
          <FormBoundary instead={json}>
            <Suspense>
              <SchemaForm
                id={id}
                schema={schema}
                value={props.value}
                faults={shown}
                onChange={change}
                onSubmit={(value) => submit(() => cleanAnswer(schema, value))}
                onFaults={show}
              />
            </Suspense>
          </FormBoundary>
        )}
      </fieldset>
      {hasForm ? (
        <Button
          className={classes.asJson}
          variant="subtle"
          color="gray"
          size="compact-xs"
          onClick={() => setPrefersJson(!prefersJson)}
        >
          {prefersJson ? 'Back to the form' : 'Write it as JSON'}
        </Button>
      ) : null}
    </div>
  );
}

/** The faults of the last try to submit. One that is mended goes; none comes while writing. */
function useFaults(formId: string, schema: RJSFSchema) {
  const [faults, setFaults] = useState<AnswerFault[]>([]);
  const show = useCallback(
    (found: AnswerFault[]) => {
      setFaults(found);
      const [first] = found;
      if (first) focusField(formId, first.pointer);
    },
    [formId],
  );
  const recheck = (value: unknown) => {
    if (faults.length === 0) return;
    const still = new Set(
      faultsOf(schema, cleanAnswer(schema, value)).map((each) => JSON.stringify(each)),
    );
    setFaults(faults.filter((each) => still.has(JSON.stringify(each))));
  };
  return { faults, show, recheck };
}
