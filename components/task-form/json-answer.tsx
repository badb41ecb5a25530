'use client';

import type { RJSFSchema } from '@rjsf/utils';
import { useState } from 'react';
import { JsonBlock } from '@/components/ui/code/code-block';
import type { AnswerFault } from './form-validator';
import { readJson } from './reading/read-json';
import classes from './task-form.module.css';

interface JsonAnswerProps {
  id: string;
  schema: RJSFSchema;
  value: unknown;
  disabled?: boolean | undefined;
  faults: AnswerFault[];
  onChange: (value: unknown) => void;
  onSubmit: (value: unknown) => void;
  onFaults: (faults: AnswerFault[]) => void;
}

/** The answer as JSON, beside the schema it has to fit: for what no form can be made of. */
export function JsonAnswer(props: JsonAnswerProps) {
  const { id, schema, onFaults } = props;
  const [typed, setTyped] = useState<string | null>(null);
  // Until something is typed the draft is shown, which may arrive after the first rendering.
  const text = typed ?? (props.value === undefined ? '' : JSON.stringify(props.value, null, 2));
  return (
    <form
      id={id}
      onSubmit={(event) => {
        event.preventDefault();
        const reading = readJson(text);
        if ('wrong' in reading) onFaults([{ pointer: '', message: reading.wrong }]);
        else props.onSubmit(reading.value);
      }}
    >
      <label className={classes.label} htmlFor="root">
        Answer as JSON
      </label>
      <textarea
        id="root"
        className={`${classes.input} ${classes.area} ${classes.json}`}
        rows={10}
        spellCheck={false}
        disabled={props.disabled}
        aria-invalid={props.faults.length > 0 || undefined}
        value={text}
        onChange={(event) => {
          setTyped(event.target.value);
          const reading = readJson(event.target.value);
          if ('value' in reading) props.onChange(reading.value);
        }}
      />
      <details className={classes.schema}>
        <summary>What it has to fit</summary>
        <JsonBlock value={schema} label="answer’s schema" maxHeight={320} />
      </details>
    </form>
  );
}
