/** The media types that browsers display without executing anything, with size limits per kind. */

const MB = 1_000_000;

const BYTES_MAX = { image: 15 * MB, document: 30 * MB, sound: 100 * MB, film: 250 * MB };

export interface MediaType {
  type: string;
  bytesMax: number;
}

const KINDS: Record<string, keyof typeof BYTES_MAX> = {
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/gif': 'image',
  'image/webp': 'image',
  'image/avif': 'image',
  'image/bmp': 'image',
  // Runs no scripts as an image; opened directly, the response's CSP blocks them.
  'image/svg+xml': 'image',
  'application/pdf': 'document',
  'audio/mpeg': 'sound',
  'audio/mp4': 'sound',
  'audio/aac': 'sound',
  'audio/ogg': 'sound',
  'audio/wav': 'sound',
  'audio/webm': 'sound',
  'audio/flac': 'sound',
  'video/mp4': 'film',
  'video/webm': 'film',
  'video/ogg': 'film',
  'video/quicktime': 'film',
};

const OTHER_NAMES: Record<string, string> = {
  'image/jpg': 'image/jpeg',
  'image/x-ms-bmp': 'image/bmp',
  'audio/mp3': 'audio/mpeg',
  'audio/x-m4a': 'audio/mp4',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'application/x-pdf': 'application/pdf',
};

const BY_ENDING: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  pdf: 'application/pdf',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  mp4: 'video/mp4',
  webm: 'video/webm',
  ogv: 'video/ogg',
  mov: 'video/quicktime',
};

/** Generic types that storage services use for any file. */
const SAYS_NOTHING = new Set(['', 'application/octet-stream', 'binary/octet-stream']);

/**
 * The media type a file is served with: its own if supported, else derived from the file extension
 * if the given type is generic; null if unsupported.
 */
export function mediaTypeOf(contentType: string | undefined, url: string): MediaType | null {
  const named = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const ending = /\.([a-z0-9]+)$/i.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? '';
  const type = SAYS_NOTHING.has(named) ? BY_ENDING[ending] : (OTHER_NAMES[named] ?? named);
  const kind = type !== undefined && Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  return type !== undefined && kind ? { type, bytesMax: BYTES_MAX[kind] } : null;
}
