'use client';

import type { RJSFSchema } from '@rjsf/utils';
import { useEffect, useId, useState } from 'react';
import { TaskForm } from '@/components/task-form/task-form';
import classes from './live-form.module.css';
import { LiveFormTheme } from './live-form-theme';
import { readSchema } from './read-schema';

/** Typing rests this long before the form follows. */
const REST_MS = 300;

/** A schema to change, the worker's form that it gives, and the answer that comes of it. */
export function LiveFormDesk({ schemaText }: { schemaText: string }) {
  const id = useId();
  const [text, setText] = useState(schemaText);
  const { schema, fault } = useFormSchema(text);
  return (
    <div className={classes.desk}>
      <div className={classes.part}>
        <label className={classes.name} htmlFor={`${id}-schema`}>
          Schema
        </label>
        <textarea
          id={`${id}-schema`}
          className={classes.schema}
          value={text}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-invalid={fault !== null || undefined}
          aria-describedby={`${id}-fault`}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${id}-fault`} className={classes.fault} role="status">
          {fault}
        </p>
        {text === schemaText ? null : (
          <button type="button" className={classes.button} onClick={() => setText(schemaText)}>
            Back to the first schema
          </button>
        )}
      </div>
      <section className={classes.part} aria-label="The worker’s form">
        <p className={classes.name} aria-hidden="true">
          What the worker sees
        </p>
        <div className={classes.form}>
          {schema ? (
            <LiveFormTheme>
              <TriedForm key={JSON.stringify(schema)} schema={schema} />
            </LiveFormTheme>
          ) : (
            <p>The form shows here once the schema has no fault.</p>
          )}
        </div>
      </section>
    </div>
  );
}

/** The last schema that gives a form, and what is wrong with the present text. */
function useFormSchema(text: string): { schema: RJSFSchema | null; fault: string | null } {
  const [read, setRead] = useState(() => stateOf(text, null));
  useEffect(() => {
    const timer = setTimeout(() => setRead(({ schema }) => stateOf(text, schema)), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return read;
}

function stateOf(text: string, last: RJSFSchema | null) {
  const read = readSchema(text);
  return 'fault' in read
    ? { schema: last, fault: read.fault }
    : { schema: read.normalised as RJSFSchema, fault: null };
}

/** The form, to be filled in for a try; nothing is sent. */
function TriedForm({ schema }: { schema: RJSFSchema }) {
  const id = `live-form-${useId().replaceAll(':', '')}`;
  const [value, setValue] = useState<unknown>(undefined);
  const [answer, setAnswer] = useState<{ value: unknown } | null>(null);
  return (
    <>
      <TaskForm
        id={id}
        schema={schema}
        value={value}
        refusals={[]}
        onChange={(next) => {
          setValue(next);
          setAnswer(null);
        }}
        onSubmit={(given) => setAnswer({ value: given })}
      />
      <button type="submit" form={id} className={classes.button}>
        Show the answer
      </button>
      <div role="status">
        {answer ? (
          <pre className={classes.answer}>{JSON.stringify(answer.value, null, 2)}</pre>
        ) : null}
      </div>
    </>
  );
}
