/** How long the second key of a sequence may take. */
const PAUSE_MS_MAX = 1_200;

/**
 * Reads keys as they are pressed, of shortcuts such as `n` and `g t`. A key that goes on with no
 * shortcut begins a new one.
 */
export class KeySequence {
  private pressed: string[] = [];
  private lastMs = 0;

  /** @returns the shortcut that is complete now, if any, and whether more must follow. */
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
