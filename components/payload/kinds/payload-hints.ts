/**
 * A part of a text to look at: every place where some words stand, or from one character to another,
 * counted in code points, as Python and people do.
 */
export type Highlight = string | { start: number; end: number; label?: string };

/** How a payload wants one of its fields shown. docs/pages/payloads.mdx lists what may stand here. */
export interface Hint {
  as?: string;
  label?: string;
  highlight: Highlight[];
  collapsed: boolean;
}

const HIGHLIGHTS_MAX = 200;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isHighlight(value: unknown): value is Highlight {
  if (typeof value === 'string') return value.trim() !== '';
  if (!isRecord(value)) return false;
  const { start, end, label } = value;
  return (
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    Number(start) >= 0 &&
    Number(end) > Number(start) &&
    (label === undefined || typeof label === 'string')
  );
}

/** What the hints say of a field; whatever in them makes no sense is passed over. */
export function hintFor(hints: unknown, name: string): Hint {
  const given = isRecord(hints) && Object.hasOwn(hints, name) ? hints[name] : undefined;
  if (typeof given === 'string') return { as: given, highlight: [], collapsed: false };
  if (!isRecord(given)) return { highlight: [], collapsed: false };
  const highlight = Array.isArray(given.highlight) ? given.highlight.filter(isHighlight) : [];
  return {
    ...(typeof given.as === 'string' ? { as: given.as } : {}),
    ...(typeof given.label === 'string' ? { label: given.label } : {}),
    highlight: highlight.slice(0, HIGHLIGHTS_MAX),
    collapsed: given.collapsed === true,
  };
}

/** What a payload says of its fields, over what its task's type says of them. */
export function hintsWithin(own: unknown, typeHints: Record<string, unknown> = {}): unknown {
  return isRecord(own) ? { ...typeHints, ...own } : typeHints;
}

/** A stretch of a text, marked or not. */
export interface Stretch {
  text: string;
  at: number;
  marked: boolean;
  label?: string | undefined;
}

interface Span {
  start: number;
  end: number;
  label?: string | undefined;
}

/** Where characters begin, as people and other languages count them: an emoji is one. */
function characterStarts(text: string): number[] {
  const starts: number[] = [];
  let at = 0;
  for (const character of text) {
    starts.push(at);
    at += character.length;
  }
  return [...starts, at];
}

function spansOf(text: string, highlights: Highlight[]): Span[] {
  const starts = highlights.some((each) => typeof each !== 'string') ? characterStarts(text) : [];
  const spans: Span[] = [];
  for (const each of highlights) {
    if (typeof each !== 'string') {
      const [start, end] = [each.start, each.end].map((at) => starts[at] ?? text.length);
      spans.push({ ...each, start: start ?? 0, end: end ?? 0 });
      continue;
    }
    // Lower case can be longer than what it is of, so the text itself is searched.
    const words = new RegExp(each.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
    for (const { 0: found, index } of text.matchAll(words)) {
      spans.push({ start: index, end: index + found.length });
    }
  }
  return spans.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
}

/** A text cut at its highlights; where two overlap, the earlier one goes first. */
export function stretchesOf(text: string, highlights: Highlight[]): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const span of spansOf(text, highlights)) {
    const start = Math.max(span.start, at);
    if (span.end <= start) continue;
    if (start > at) stretches.push({ text: text.slice(at, start), at, marked: false });
    stretches.push({
      text: text.slice(start, span.end),
      at: start,
      marked: true,
      label: span.label,
    });
    at = span.end;
  }
  if (at < text.length || stretches.length === 0) {
    stretches.push({ text: text.slice(at), at, marked: false });
  }
  return stretches;
}
