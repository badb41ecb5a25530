import type { DescribedCall } from './described-call';

/** What came back, ready to be shown. */
export interface Outcome {
  status: number;
  statusText: string;
  milliseconds: number;
  /** Headers that say something about the call, in this order. */
  headers: [name: string, value: string][];
  /** JSON with line breaks, or the text as it came. */
  body: string;
}

const HEADERS_SHOWN = [
  'content-type',
  'x-request-id',
  'idempotent-replayed',
  'retry-after',
  'allow',
  'ratelimit-limit',
  'ratelimit-remaining',
];

/** Why a key is not taken here, in words; null for a test key, which the API judges. */
export function keyFault(key: string): string | null {
  if (key === '') return 'Paste a test key. It starts with ek_test_.';
  if (key.startsWith('ek_live_')) {
    return 'This is a live key: its calls reach people and cost sats, so it is not used here. Paste a test key.';
  }
  return key.startsWith('ek_test_') ? null : 'A test key starts with ek_test_.';
}

/** The address of a call with what was filled in; query parameters without a value are left out. */
export function addressOf(call: DescribedCall, values: Record<string, string>): string {
  const path = call.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name]?.trim() ?? ''),
  );
  const query = new URLSearchParams(
    call.inputs
      .filter(({ in: place, name }) => place === 'query' && values[name]?.trim())
      .map(({ name }) => [name, values[name]?.trim() ?? '']),
  ).toString();
  return query ? `${path}?${query}` : path;
}

/** Sends a call to this instance with the key alone, without cookies. Rejects where no answer comes. */
export async function sendCall(
  call: DescribedCall,
  address: string,
  { key, body }: { key: string; body: string | null },
): Promise<Outcome> {
  const since = performance.now();
  const answer = await fetch(address, {
    method: call.method,
    credentials: 'omit',
    cache: 'no-store',
    headers: {
      Accept: 'application/json',
      ...(call.needsKey ? { Authorization: `Bearer ${key}` } : {}),
      ...(body === null ? {} : { 'Content-Type': 'application/json' }),
    },
    body,
  });
  const text = await answer.text();
  return {
    status: answer.status,
    statusText: answer.statusText,
    milliseconds: Math.round(performance.now() - since),
    headers: HEADERS_SHOWN.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value] as [string, string]];
    }),
    body: readable(text),
  };
}

function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
