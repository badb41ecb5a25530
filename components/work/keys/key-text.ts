/** The part of a keyboard event that says which key it is. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** AltGr types a character; it is no command, though Windows reports it as Ctrl and Alt. */
  altGraph: boolean;
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'Dead', 'Process']);
const UNKNOWN = new Set(['', 'Unidentified']);

function isLetter(text: string): boolean {
  return text.toLowerCase() !== text.toUpperCase();
}

/**
 * The key that a layout without Latin letters, or with digits behind Shift, has at the same place:
 * what is printed on most keyboards beside the local letter.
 */
function latinAt({ code, key, shiftKey }: KeyPress): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter && isLetter(key) && key.charCodeAt(0) > 0x24f) return letter.toLowerCase();
  const digit = /^Digit([0-9])$/.exec(code)?.[1];
  if (digit && !shiftKey && !/^[0-9]$/.test(key)) return digit;
  return null;
}

function withModifiers(press: KeyPress, key: string): string {
  const hasShiftInIt = key.length === 1 && !isLetter(key);
  return [
    !press.altGraph && (press.ctrlKey || press.metaKey) ? 'Mod' : '',
    !press.altGraph && press.altKey ? 'Alt' : '',
    press.shiftKey && !hasShiftInIt ? 'Shift' : '',
    key,
  ]
    .filter(Boolean)
    .join('+');
}

/**
 * What a key press may be called, the likeliest first: by the character it types, so that it holds
 * on every layout, and else by its place. Empty while only a modifier or a dead key is down.
 */
export function keyTextsOf(press: KeyPress): string[] {
  if (MODIFIERS.has(press.key) || UNKNOWN.has(press.key)) return [];
  const typed = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const latin = latinAt(press);
  return [typed, ...(latin === null ? [] : [latin])].map((key) => withModifiers(press, key));
}

/** A keyboard event as `keyTextsOf` reads it; null while a text is composed. */
export function keyPressOf(event: KeyboardEvent): KeyPress | null {
  // 229: browsers that do not say `isComposing` yet say this.
  if (event.isComposing || event.keyCode === 229) return null;
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  const altGraph = event.getModifierState('AltGraph');
  return { key, code, ctrlKey, metaKey, altKey, shiftKey, altGraph };
}
