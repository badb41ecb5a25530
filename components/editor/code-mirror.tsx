'use client';

import { json, jsonParseLinter } from '@codemirror/lang-json';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint';
import { tags } from '@lezer/highlight';
import { useMantineStyleNonce } from '@mantine/core';
import CodeMirror, { EditorView, type Extension } from '@uiw/react-codemirror';
import { type RefObject, useEffect, useImperativeHandle, useMemo, useState } from 'react';
import { rangeOfPointer } from './pointer-range';

export interface JsonRemark {
  pointer: string;
  message: string;
  severity: 'error' | 'warning';
}

export interface EditorHandle {
  /** Brings the cursor to a place of the JSON. */
  goTo: (pointer: string) => void;
}

const LINT_DELAY_MS = 150;
const SETTLED_MS = 500;

/** The product's colours, which follow the scheme by themselves. */
const THEME = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--mantine-color-text)', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    caretColor: 'var(--mantine-color-text)',
    padding: '8px 0',
  },
  '.cm-scroller': { lineHeight: '1.6', fontFamily: 'var(--mantine-font-family-monospace)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--text-soft)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--mantine-color-text) 4%, transparent)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'color-mix(in srgb, var(--mantine-color-rail-6) 28%, transparent)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    color: 'var(--mantine-color-text)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
  },
  '.cm-panels': { backgroundColor: 'var(--surface-sunken)', color: 'var(--mantine-color-text)' },
});

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--code-name)' },
  { tag: tags.string, color: 'var(--code-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-value)' },
]);

const SETUP = { foldGutter: false, autocompletion: false, highlightSelectionMatches: false };

/** The editor itself; see `JsonEditor`, which labels it and loads it when it is needed. */
export function JsonCodeMirror(props: {
  handle: RefObject<EditorHandle | null>;
  label: string;
  describedBy: string;
  isWrong: boolean;
  value: string;
  remarks: JsonRemark[];
  minHeight: number;
  readOnly: boolean;
  onChange: (text: string) => void;
}) {
  const { label, describedBy, isWrong } = props;
  const nonce = useMantineStyleNonce()?.();
  const [view, setView] = useState<EditorView | null>(null);
  useImperativeHandle(props.handle, () => ({
    goTo: (pointer) => {
      if (!view) return;
      const { from } = rangeOfPointer(view.state, pointer);
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
      view.focus();
    },
  }));
  useEffect(() => {
    // Fonts and styles that arrive late move the lines; their numbers must follow.
    const timer = window.setTimeout(() => view?.requestMeasure(), SETTLED_MS);
    void document.fonts.ready.then(() => view?.requestMeasure());
    return () => window.clearTimeout(timer);
  }, [view]);
  const remarks = JSON.stringify(props.remarks);
  const extensions = useMemo<Extension[]>(
    () => [
      json(),
      THEME,
      syntaxHighlighting(COLOURS),
      EditorView.lineWrapping,
      lintGutter(),
      linter((editor) => diagnosticsOf(editor, JSON.parse(remarks)), { delay: LINT_DELAY_MS }),
      ...(nonce ? [EditorView.cspNonce.of(nonce)] : []),
    ],
    [remarks, nonce],
  );
  const attributes = useMemo(
    () =>
      EditorView.contentAttributes.of({
        'aria-label': label,
        // It can be reached by keyboard anyhow; this tells tools that look for a number.
        tabindex: '0',
        'aria-describedby': describedBy,
        ...(isWrong ? { 'aria-invalid': 'true' } : {}),
      }),
    [label, describedBy, isWrong],
  );
  return (
    <CodeMirror
      value={props.value}
      onChange={props.onChange}
      onCreateEditor={setView}
      extensions={[...extensions, attributes]}
      theme="none"
      basicSetup={SETUP}
      // Tab must lead out: nobody may be caught in a field.
      indentWithTab={false}
      readOnly={props.readOnly}
      minHeight={`${props.minHeight}px`}
      maxHeight="420px"
    />
  );
}

function diagnosticsOf(view: EditorView, remarks: JsonRemark[]): Diagnostic[] {
  const broken = view.state.doc.length > 0 ? jsonParseLinter()(view) : [];
  if (broken.length > 0) return broken;
  return remarks.map(({ pointer, message, severity }) => ({
    ...rangeOfPointer(view.state, pointer),
    message,
    severity,
  }));
}
