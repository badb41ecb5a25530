'use client';

import { Text } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useId, useRef } from 'react';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import type { EditorHandle, JsonRemark } from './code-mirror';
import classes from './editor.module.css';
import { readJsonText } from './json-text';

export type { JsonRemark } from './code-mirror';

/** The editor's own code is large, and most pages need none of it. */
const CodeMirror = dynamic(() => import('./code-mirror').then((file) => file.JsonCodeMirror), {
  ssr: false,
  loading: () => <Loading height={120} radius="md" label="Loading the editor" />,
});

interface JsonEditorProps {
  label: string;
  /** What belongs here, in a sentence. */
  description?: string;
  value: string;
  onChange: (text: string) => void;
  /** Faults and warnings at places of the JSON. */
  remarks?: JsonRemark[];
  /** What is wrong with the whole of it. */
  error?: string | undefined;
  /** An empty text is fine. */
  optional?: boolean;
  minHeight?: number;
  readOnly?: boolean;
}

/**
 * JSON with line numbers and its faults in place; each is also written below, and leads to its place.
 * Tab goes on to the next field, as everywhere; Ctrl+] and Ctrl+[ shift lines.
 */
export function JsonEditor(props: JsonEditorProps) {
  const { label, value, remarks = [], optional = false } = props;
  const id = useId();
  const handle = useRef<EditorHandle | null>(null);
  const reading = optional && value.trim() === '' ? null : readJsonText(value);
  const broken = reading && !reading.ok ? reading.fault : null;
  // Remarks were made about a text that could be read.
  const shown = broken ? [] : remarks;
  const wrong = broken ?? props.error;
  return (
    <div className={classes.field}>
      <div className={classes.label} id={`${id}-label`}>
        {label}
      </div>
      {props.description ? (
        <Text size="xs" c="dimmed" mb={6} id={`${id}-about`}>
          {props.description}
        </Text>
      ) : null}
      <div className={classes.frame} data-wrong={wrong || hasErrors(shown) || undefined}>
        <CodeMirror
          handle={handle}
          label={label}
          describedBy={`${id}-faults`}
          isWrong={Boolean(wrong) || hasErrors(shown)}
          value={value}
          remarks={shown}
          minHeight={props.minHeight ?? 120}
          readOnly={props.readOnly ?? false}
          onChange={props.onChange}
        />
      </div>
      <div id={`${id}-faults`} aria-live="polite">
        {wrong ? (
          <p className={classes.fault}>
            <Icon name="warning" size={14} /> {wrong}
          </p>
        ) : null}
        {shown.map((remark) => (
          <p
            key={`${remark.pointer} ${remark.message}`}
            className={remark.severity === 'error' ? classes.fault : classes.warning}
          >
            <Icon name="warning" size={14} />
            <span>
              <button
                type="button"
                className={classes.place}
                onClick={() => handle.current?.goTo(remark.pointer)}
              >
                {remark.pointer === '' ? 'whole schema' : remark.pointer}
              </button>{' '}
              {remark.message}
            </span>
          </p>
        ))}
      </div>
    </div>
  );
}

const hasErrors = (remarks: readonly JsonRemark[]) =>
  remarks.some(({ severity }) => severity === 'error');
