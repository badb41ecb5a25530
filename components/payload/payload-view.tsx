'use client';

import { Button } from '@mantine/core';
import dynamic from 'next/dynamic';
import { memo, useState } from 'react';
import { CodeBlock, JsonBlock } from '@/components/ui/code/code-block';
import { SegmentedControl } from '@/components/ui/inputs/segmented-control';
import { humanise } from '@/components/ui/values/humanise';
import { chatMessagesOf } from './kinds/chat-messages';
import { type Hint, hintFor, hintsWithin } from './kinds/payload-hints';
import { columnsOf, HINTS, payloadKind } from './kinds/payload-kinds';
import { MediaPlayer } from './media/media-player';
import { PdfView } from './media/pdf-view';
import { Gallery, Picture } from './media/picture';
import { TaskMediaProvider } from './media/task-media';
import classes from './payload.module.css';
import { RecordTable } from './record-table';
import { LongText } from './text/long-text';
import { Markdown } from './text/markdown';
import { OutsideLink } from './text/outside-link';
import { withUnseenShown } from './text/visible-text';

// Few payloads have these; with the first page they come as they are drawn on the server.
const ChatView = dynamic(() => import('./chat-view').then((file) => file.ChatView));
const Comparison = dynamic(() => import('./comparison').then((file) => file.Comparison));
const HtmlView = dynamic(() => import('./html-view').then((file) => file.HtmlView));
const CsvView = dynamic(() => import('./text/text-views').then((file) => file.CsvView));
const JsonTextView = dynamic(() => import('./text/text-views').then((file) => file.JsonTextView));
const PatchView = dynamic(() => import('./text/text-views').then((file) => file.PatchView));

type Payload = Record<string, unknown>;

/** Entries of a list or a group are laid out up to here; more come when they are asked for. */
const ENTRIES_AT_ONCE = 100;

/**
 * What a task asks about, readable, or as the JSON it came as. A payload may say under `$ui` how its
 * fields are shown. It is drawn once: writing an answer beside it does not draw it again.
 */
export const PayloadView = memo(function PayloadView(props: {
  payload: Payload;
  /** Whose payload it is, so that its images and other files can be shown. */
  taskId?: string;
  /** How the task's type wants its fields shown; what the payload itself says comes first. */
  hints?: Record<string, unknown> | undefined;
}) {
  const { payload } = props;
  const [view, setView] = useState('readable');
  return (
    <TaskMediaProvider value={props.taskId ?? null}>
      <div className={classes.switch}>
        <SegmentedControl
          size="xs"
          value={view}
          onChange={setView}
          aria-label="How the payload is shown"
          data={[
            { value: 'readable', label: 'Readable' },
            { value: 'json', label: 'JSON' },
          ]}
        />
      </div>
      {view === 'json' ? (
        <JsonBlock value={payload} label="payload" />
      ) : (
        <Fields value={payload} depth={0} typeHints={props.hints} />
      )}
    </TaskMediaProvider>
  );
});

function Fields(props: {
  value: object;
  depth: number;
  typeHints?: Record<string, unknown> | undefined;
}) {
  const { value, depth, typeHints } = props;
  const [whole, setWhole] = useState(false);
  const hints = hintsWithin((value as Payload)[HINTS], typeHints);
  const entries = Object.entries(value)
    .filter(([name]) => name !== HINTS)
    .map(([name, each]) => {
      const hint = hintFor(hints, name);
      return { name, each, hint, kind: kindOf(name, each, depth, hint) };
    })
    .filter(({ kind }) => kind !== 'hidden');
  if (entries.length === 0) return <span className={classes.none}>Nothing</span>;
  const isList = Array.isArray(value);
  const shown = whole ? entries : entries.slice(0, ENTRIES_AT_ONCE);
  return (
    <>
      <dl className={depth === 0 ? classes.fields : classes.nested}>
        {shown.map(({ name, each, hint }) => (
          <div key={name}>
            <dt dir="auto">
              {hint.label ?? (isList ? `No. ${Number(name) + 1}` : humanise(name) || '(no name)')}
            </dt>
            <dd>
              <Folded hint={hint} name={name}>
                <Value name={name} value={each} depth={depth} hint={hint} />
              </Folded>
            </dd>
          </div>
        ))}
      </dl>
      <Rest left={entries.length - shown.length} onShow={() => setWhole(true)} />
    </>
  );
}

/** Closed at first where the payload says so. */
function Folded(props: { hint: Hint; name: string; children: React.ReactNode }) {
  if (!props.hint.collapsed) return props.children;
  return (
    <details className={classes.folded}>
      <summary>Show {(props.hint.label ?? humanise(props.name)).toLowerCase()}</summary>
      {props.children}
    </details>
  );
}

function Rest({ left, onShow }: { left: number; onShow: () => void }) {
  if (left <= 0) return null;
  return (
    <Button variant="default" size="xs" mt={8} onClick={onShow}>
      Show the other {left.toLocaleString('en-US')}
    </Button>
  );
}

/** A text with highlights is shown as text, since its characters are counted. */
function kindOf(name: string, value: unknown, depth: number, hint: Hint) {
  const isMarked = hint.as === undefined && hint.highlight.length > 0;
  return payloadKind(name, value, depth, isMarked ? 'text' : hint.as);
}

function Value(props: { name: string; value: unknown; depth: number; hint: Hint }) {
  const { name, value, depth, hint } = props;
  const label = hint.label ?? humanise(name);
  const text = typeof value === 'string' ? value : '';
  const kind = kindOf(name, value, depth, hint);
  switch (kind) {
    case 'hidden':
      return null;
    case 'markdown':
      return <Markdown text={text} />;
    case 'link':
      return <OutsideLink href={text}>{text}</OutsideLink>;
    case 'text':
      return text === '' ? <Empty /> : <LongText text={text} highlights={hint.highlight} />;
    case 'code':
      return <CodeBlock code={text} label={label} maxHeight={480} />;
    case 'image':
    case 'picture':
      return <Picture source={text} label={label || 'Image'} />;
    case 'gallery':
      return <Gallery sources={value as string[]} label={label || 'Image'} />;
    case 'pdf':
      return <PdfView source={text} label={label || 'PDF'} />;
    case 'audio':
    case 'video':
      return <MediaPlayer kind={kind} source={text} label={label || kind} />;
    case 'table':
      return (
        <RecordTable label={label} columns={columnsOf(value) ?? []} rows={value as Payload[]} />
      );
    case 'chat':
      return <ChatView messages={chatMessagesOf(value) ?? []} />;
    case 'html':
      return <HtmlView text={text} label={label} />;
    case 'csv':
      return <CsvView text={text} label={label} />;
    case 'patch':
      return <PatchView text={text} label={label} />;
    case 'json-text':
      return <JsonTextView text={text} label={label} />;
    case 'diff':
      return <Comparison {...(value as { before: string; after: string })} />;
    case 'plain':
      return <Plain value={value} />;
    case 'list':
      return <List values={value as unknown[]} />;
    case 'object':
      return <Fields value={value as object} depth={depth + 1} />;
    case 'json':
      return <JsonBlock value={value} label={label} maxHeight={480} />;
  }
}

function Plain({ value }: { value: unknown }) {
  if (value === null) return <Empty />;
  const words = typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value);
  return (
    <span className={classes.plain} dir="auto">
      {withUnseenShown(words)}
    </span>
  );
}

const NO_HINT: Hint = { highlight: [], collapsed: false };

function List({ values }: { values: unknown[] }) {
  const [whole, setWhole] = useState(false);
  if (values.length === 0) return <Empty />;
  const shown = whole ? values : values.slice(0, ENTRIES_AT_ONCE);
  const counted = shown.map((value, index) => ({ value, key: `${index}` }));
  return (
    <>
      <ul className={classes.list}>
        {counted.map(({ value, key }) => (
          <li key={key}>
            <Value name="" value={value} depth={1} hint={NO_HINT} />
          </li>
        ))}
      </ul>
      <Rest left={values.length - shown.length} onShow={() => setWhole(true)} />
    </>
  );
}

function Empty() {
  return <span className={classes.none}>Empty</span>;
}
