const KEY = 'humanrail-docs-test-key';

/** The test key that was pasted, for as long as this tab is open. */
export function rememberedKey(): string {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

/** Keeps a key in this tab alone; an empty one is forgotten. */
export function rememberKey(key: string): void {
  try {
    if (key) sessionStorage.setItem(KEY, key);
    else sessionStorage.removeItem(KEY);
  } catch {
    // It holds until the panel is closed.
  }
}

const ids = new Map<string, string>();

/** Keeps the id of what a call made, for the calls that are about it. */
export function rememberId(address: string, body: string): void {
  try {
    const { id, delivery_id: delivery } = JSON.parse(body) as Record<string, unknown>;
    if (typeof id === 'string') ids.set(nounOf(address), id);
    if (typeof delivery === 'string') ids.set('deliveries', delivery);
  } catch {
    // It is no JSON, so it has no id.
  }
}

/** The id that was seen last of what a path is about, such as `/v1/tasks/{id}`. */
export function rememberedId(path: string): string | undefined {
  return ids.get(nounOf(path));
}

function nounOf(path: string): string {
  return path.split('/')[2]?.replace(/\?.*$/, '') ?? '';
}
