'use client';

import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { csvTableOf } from '@/components/payload/kinds/csv-text';
import { indentJson } from '@/components/payload/kinds/json-text';
import { type PatchLine, patchLines } from '@/components/payload/kinds/unified-diff';
import classes from '@/components/payload/payload.module.css';
import { RecordTable } from '@/components/payload/record-table';
import { CodeBlock } from '@/components/ui/code/code-block';
import { LaidOut } from './laid-out';
import { LongText } from './long-text';
import { withUnseenShown } from './visible-text';

interface TextViewProps {
  text: string;
  label: string;
}

/** A CSV text as a table, its head as it stands. */
export function CsvView({ text, label }: TextViewProps) {
  const table = useMemo(() => csvTableOf(text), [text]);
  if (!table) return <LongText text={text} />;
  const columns = table.head.map((_, index) => String(index));
  return (
    <LaidOut text={text} label={label} as="Table">
      <RecordTable
        label={label}
        columns={columns}
        headings={table.head}
        rows={table.rows.map((row) => ({ ...row }))}
      />
    </LaidOut>
  );
}

/** JSON that came as a text, a line for each entry. */
export function JsonTextView({ text, label }: TextViewProps) {
  const indented = useMemo(() => indentJson(text), [text]);
  return (
    <LaidOut text={text} label={label} as="JSON">
      <CodeBlock code={indented} label={label} maxHeight={480} wrap />
    </LaidOut>
  );
}

const LINES_AT_ONCE = 400;
const WORDS: Partial<Record<PatchLine['kind'], [sign: string, words: string]>> = {
  removed: ['−', 'Removed: '],
  added: ['+', 'Added: '],
};

/** A unified diff with the numbers of its lines, told by sign and words, not by colour alone. */
export function PatchView({ text, label }: TextViewProps) {
  const lines = useMemo(() => patchLines(text), [text]);
  const [whole, setWhole] = useState(false);
  const shown = (whole ? lines : lines.slice(0, LINES_AT_ONCE)).map((line, index) => ({
    line,
    key: `line ${index}`,
  }));
  return (
    <LaidOut text={text} label={label} as="Diff">
      <div className={`${classes.diff} ${classes.patch}`}>
        {shown.map(({ line, key }) => (
          <div key={key} data-kind={line.kind}>
            <span className={classes.lineNumber} aria-hidden="true">
              {line.before ?? ''}
            </span>
            <span className={classes.lineNumber} aria-hidden="true">
              {line.after ?? ''}
            </span>
            <span aria-hidden="true">{WORDS[line.kind]?.[0] ?? ' '}</span>
            <span className={classes.patchText}>
              <span className="visually-hidden">{WORDS[line.kind]?.[1]}</span>
              {withUnseenShown(line.text) || ' '}
            </span>
          </div>
        ))}
      </div>
      {lines.length > shown.length ? (
        <Button variant="default" size="xs" mt={8} onClick={() => setWhole(true)}>
          Show the other {(lines.length - shown.length).toLocaleString('en-US')} lines
        </Button>
      ) : null}
    </LaidOut>
  );
}
