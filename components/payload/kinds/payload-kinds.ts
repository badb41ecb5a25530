import type { PayloadShape } from '@/server/features/task-types/schema';
import { chatMessagesOf } from './chat-messages';
import { csvTableOf, looksLikeCsv } from './csv-text';
import { isJsonText } from './json-text';
import { isUnifiedDiff } from './unified-diff';

/** How a value of a payload is best shown. */
export type PayloadKind =
  | 'markdown'
  | 'image'
  | 'picture'
  | 'gallery'
  | 'pdf'
  | 'audio'
  | 'video'
  | 'hidden'
  | 'link'
  | 'text'
  | 'code'
  | 'plain'
  | 'list'
  | 'table'
  | 'diff'
  | 'patch'
  | 'csv'
  | 'html'
  | 'chat'
  | 'json-text'
  | 'object'
  | 'json';

const IMAGE_PATH = /\.(png|jpe?g|gif|webp|avif|bmp|svg)$/i;
const IMAGE_NAME = /(^|_)(image|img|photo|picture|screenshot|avatar)(_url)?$/i;
const PDF_PATH = /\.pdf$/i;
const AUDIO_PATH = /\.(mp3|m4a|aac|ogg|oga|wav|flac)$/i;
const VIDEO_PATH = /\.(mp4|webm|ogv|mov)$/i;
const AUDIO_NAME = /(^|_)(audio|recording|voice(_?mail)?|call_recording)(_url)?$/i;
const VIDEO_NAME = /(^|_)(video|clip|footage)(_url)?$/i;
const PDF_NAME = /(^|_)pdf(_url)?$/i;
/** Pictures that travel inside the payload; the browser never runs scripts of an image. */
const PICTURE_DATA = /^data:image\/(png|jpe?g|gif|webp|avif|bmp|svg\+xml)[;,]/i;
/** Other files that do, within the payload's own limit. */
const FILE_DATA: [PayloadKind, RegExp][] = [
  ['pdf', /^data:application\/pdf;base64,/i],
  ['audio', /^data:audio\/(mpeg|mp4|aac|ogg|wav|webm|flac)(;codecs=[\w.]+)?[;,]/i],
  ['video', /^data:video\/(mp4|webm|ogg)(;codecs=[\w.]+)?[;,]/i],
];
const CODE_NAME = /^(code|snippet|source|source_code|diff|patch|sql|log|logs|stack_?trace)$/i;
/** Texts that say of themselves what they are. All others are shown as they stand. */
const MARKDOWN_NAME = /(^|_)markdown$/i;
const CSV_NAME = /(^|_)csv$/i;
const HTML_NAME = /(^|_)html$/i;
const HTML_START = /^\s*(<!doctype html|<html[\s>])/i;
const DEPTH_MAX = 3;
const LINE_MAX = 80;
const COLUMNS_MAX = 12;

/** The field by which a payload says how its other fields are shown: `{"$ui": {"notes": "code"}}`. */
export const HINTS = '$ui';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function webAddress(text: string): URL | null {
  if (text.length > 2_048 || !/^https?:\/\/\S+$/.test(text) || !URL.canParse(text)) return null;
  return new URL(text);
}

/** What an address leads to, by its own ending first, else by the name of its field. */
function addressKind(name: string, path: string): PayloadKind {
  const byPath: [PayloadKind, RegExp][] = [
    ['image', IMAGE_PATH],
    ['pdf', PDF_PATH],
    ['audio', AUDIO_PATH],
    ['video', VIDEO_PATH],
  ];
  const byName: [PayloadKind, RegExp][] = [
    ['image', IMAGE_NAME],
    ['pdf', PDF_NAME],
    ['audio', AUDIO_NAME],
    ['video', VIDEO_NAME],
  ];
  const told =
    byPath.find(([, ending]) => ending.test(path)) ??
    byName.find(([, ending]) => ending.test(name));
  return told?.[0] ?? 'link';
}

/** What a text is by its name or its form, where a worker reads it better laid out. */
function laidOutKind(name: string, value: string): PayloadKind | null {
  if (MARKDOWN_NAME.test(name)) return 'markdown';
  if (isUnifiedDiff(value)) return 'patch';
  if (CODE_NAME.test(name) && value.includes('\n')) return 'code';
  if ((HTML_NAME.test(name) && value.includes('<')) || HTML_START.test(value)) return 'html';
  if (CSV_NAME.test(name) ? csvTableOf(value) : looksLikeCsv(value)) return 'csv';
  return isJsonText(value) ? 'json-text' : null;
}

function textKind(name: string, value: string, depth: number): PayloadKind {
  if (PICTURE_DATA.test(value)) return 'picture';
  const file = FILE_DATA.find(([, data]) => data.test(value));
  if (file) return file[0];
  const address = webAddress(value);
  if (address) return addressKind(name, address.pathname);
  const laidOut = laidOutKind(name, value);
  if (laidOut) return laidOut;
  // What stands at the top is what is judged; a short value further down is a mere fact.
  const isFact = depth > 0 && value.length > 0 && value.length <= LINE_MAX && !value.includes('\n');
  return isFact ? 'plain' : 'text';
}

const isFlat = (value: unknown) => typeof value !== 'object' || value === null;

/** The columns of a list of flat records, or null where a table would not hold it. */
export function columnsOf(list: unknown): string[] | null {
  if (!Array.isArray(list) || list.length < 2) return null;
  const rows = list.filter(isRecord);
  if (rows.length < list.length || !rows.every((row) => Object.values(row).every(isFlat))) {
    return null;
  }
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return columns.length > 0 && columns.length <= COLUMNS_MAX ? columns : null;
}

/** Whether every entry is a picture, or the address of one. */
function isGallery(list: unknown[], name: string): boolean {
  // A list is named for all it holds: `photos` of photo.
  const one = name.replace(/s$/i, '');
  return (
    list.length > 0 &&
    list.every((each) => {
      const kind = typeof each === 'string' ? textKind(one, each, 1) : null;
      return kind === 'image' || kind === 'picture';
    })
  );
}

function isDiff(value: object): boolean {
  const { before, after, ...rest } = value as Record<string, unknown>;
  return typeof before === 'string' && typeof after === 'string' && Object.keys(rest).length === 0;
}

function isFile(kind: PayloadKind) {
  return (value: unknown) => {
    if (typeof value !== 'string') return false;
    const data = FILE_DATA.find(([each]) => each === kind)?.[1];
    return (data?.test(value) ?? false) || webAddress(value) !== null;
  };
}

/** Each word that a hint may hold, and the values it fits. */
const FITS: Record<PayloadShape, (value: unknown) => boolean> = {
  markdown: (value) => typeof value === 'string',
  text: (value) => typeof value === 'string',
  code: (value) => typeof value === 'string',
  image: (value) =>
    typeof value === 'string' && (PICTURE_DATA.test(value) || webAddress(value) !== null),
  pdf: isFile('pdf'),
  audio: isFile('audio'),
  video: isFile('video'),
  gallery: (value) => Array.isArray(value) && isGallery(value, 'image'),
  link: (value) => typeof value === 'string' && webAddress(value) !== null,
  list: (value) => Array.isArray(value) && value.every(isFlat),
  hidden: () => true,
  table: (value) => columnsOf(value) !== null,
  chat: (value) => chatMessagesOf(value) !== null,
  html: (value) => typeof value === 'string',
  csv: (value) => typeof value === 'string' && csvTableOf(value) !== null,
  diff: (value) =>
    typeof value === 'string' ? isUnifiedDiff(value) : isRecord(value) && isDiff(value),
  json: () => true,
};

const isShape = (hint: unknown): hint is PayloadShape =>
  typeof hint === 'string' && Object.hasOwn(FITS, hint);

/** What a hint makes of a value: a hint that does not fit it, or is unknown, changes nothing. */
function hintedKind(hint: unknown, value: unknown): PayloadKind | null {
  if (!isShape(hint) || !FITS[hint](value)) return null;
  if (hint === 'image') return PICTURE_DATA.test(String(value)) ? 'picture' : 'image';
  if (hint === 'diff' && typeof value === 'string') return 'patch';
  if (hint === 'json' && typeof value === 'string' && isJsonText(value)) return 'json-text';
  return hint;
}

/** The kind of a payload's value, from its hint, name, content and depth. */
export function payloadKind(
  name: string,
  value: unknown,
  depth: number,
  hint?: unknown,
): PayloadKind {
  const hinted = hintedKind(hint, value);
  if (hinted) return hinted;
  if (typeof value === 'string') return textKind(name, value, depth);
  if (typeof value !== 'object' || value === null) return 'plain';
  if (depth >= DEPTH_MAX) return 'json';
  if (!Array.isArray(value)) return isDiff(value) ? 'diff' : 'object';
  if (chatMessagesOf(value)) return 'chat';
  if (columnsOf(value)) return 'table';
  if (isGallery(value, name)) return 'gallery';
  return value.every(isFlat) ? 'list' : 'object';
}
