/** A part of a text to look at: every place where some words stand, or from one character to another. */
export type Highlight = string | { start: number; end: number; label?: string };

/** How a payload wants one of its fields shown. docs/payloads.md lists what may stand here. */
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

function spansOf(text: string, highlights: Highlight[]): Span[] {
  const lower = text.toLowerCase();
  const spans: Span[] = [];
  for (const each of highlights) {
    if (typeof each !== 'string') {
      spans.push({ ...each, end: Math.min(each.end, text.length) });
      continue;
    }
    const words = each.toLowerCase();
    for (let at = lower.indexOf(words); at !== -1; at = lower.indexOf(words, at + words.length)) {
      spans.push({ start: at, end: at + words.length });
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
