/** A key press as shortcuts write it: `n`, `Escape`, `mod k`; null for presses that are no shortcut. */
export function shortcutKeyOf(
  press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string | null {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.altKey) return null;
  if (!press.ctrlKey && !press.metaKey) return key;
  return press.shiftKey ? null : `mod ${key}`;
}

/** How long the second key of a sequence may take. */
const PAUSE_MS_MAX = 1_200;

/**
 * Matches key presses against shortcuts such as `n` and `g t`. A key that continues no shortcut
 * starts a new one.
 */
export class KeySequence {
  private pressed: string[] = [];
  private lastMs = 0;

  /** @returns the shortcut that is now complete, if any, and whether another key must follow. */
  press(
    key: string,
    nowMs: number,
    known: readonly string[],
  ): { done: string | null; begun: boolean } {
    if (nowMs - this.lastMs > PAUSE_MS_MAX) this.pressed = [];
    this.lastMs = nowMs;
    for (const pressed of [[...this.pressed, key], [key]]) {
      const keys = pressed.join(' ');
      const done = known.includes(keys);
      const begun = !done && known.some((each) => each.startsWith(`${keys} `));
      this.pressed = begun ? pressed : [];
      if (done) return { done: keys, begun: false };
      if (begun) return { done: null, begun: true };
    }
    return { done: null, begun: false };
  }
}
