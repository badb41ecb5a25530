'use client';

import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import {
  type Highlight,
  type Stretch,
  stretchesOf,
} from '@/components/payload/kinds/payload-hints';
import classes from '@/components/payload/payload.module.css';
import { withUnseenShown } from './visible-text';

/** Text is laid out up to here; more comes when it is asked for, so that the page stays quick. */
const CHARS_AT_ONCE = 20_000;

const NONE: Highlight[] = [];

/** The start of a text, not cut within a character of two units. */
function startOf(text: string): string {
  const isPair = /[\ud800-\udbff]/.test(text[CHARS_AT_ONCE - 1] ?? '');
  return text.slice(0, isPair ? CHARS_AT_ONCE - 1 : CHARS_AT_ONCE);
}

/** A text as it stands, each paragraph in its own direction, with what to look at marked. */
export function LongText(props: { text: string; highlights?: Highlight[]; className?: string }) {
  const { text, highlights = NONE } = props;
  const [whole, setWhole] = useState(false);
  const shown = whole ? text : startOf(text);
  const stretches = useMemo(() => stretchesOf(shown, highlights), [shown, highlights]);
  const left = text.length - shown.length;
  return (
    <>
      <div className={props.className ?? classes.text} dir="auto">
        {stretches.map((stretch) =>
          stretch.marked ? (
            <Mark key={stretch.at} stretch={stretch} />
          ) : (
            <span key={stretch.at}>{withUnseenShown(stretch.text)}</span>
          ),
        )}
        {left > 0 ? ' …' : null}
      </div>
      {left > 0 ? (
        <Button variant="default" size="xs" mt={8} onClick={() => setWhole(true)}>
          Show the other {left.toLocaleString('en-US')} characters
        </Button>
      ) : null}
    </>
  );
}

function Mark({ stretch }: { stretch: Stretch }) {
  return (
    <mark className={classes.mark}>
      <span className="visually-hidden">{`${stretch.label ?? 'Highlighted'}: `}</span>
      {withUnseenShown(stretch.text)}
      {stretch.label ? (
        <span className={classes.markLabel} aria-hidden="true">
          {stretch.label}
        </span>
      ) : null}
    </mark>
  );
}
