/** Where a command works. Commands of places that are never shown together may share a key. */
export type Place = 'everywhere' | 'queue' | 'task';

interface Command {
  place: Place;
  /** What it does, as the sheet says it. */
  does: string;
  /** Its key until the worker chooses another. */
  key: string;
}

/**
 * Everything a key can do in the worker app: the sheet, the settings and the listener read it here.
 * Keys are written as `a`, `?`, `Shift+a`, `Mod+Enter`; `Mod` is Ctrl, or ⌘ on a Mac.
 */
export const COMMANDS = {
  accept: { place: 'everywhere', does: 'Accept the first offer', key: 'a' },
  decline: { place: 'everywhere', does: 'Decline the first offer', key: 'd' },
  undo: { place: 'everywhere', does: 'Take the last answer back, for ten seconds', key: 'u' },
  toggleOnline: { place: 'everywhere', does: 'Go online or offline', key: 'o' },
  showQueue: { place: 'everywhere', does: 'Go to the queue', key: 'q' },
  showKeys: { place: 'everywhere', does: 'Show these keys', key: '?' },
  next: { place: 'queue', does: 'Continue your task, or take the most urgent one', key: 'n' },
  down: { place: 'queue', does: 'Go to the next task of the list', key: 'j' },
  up: { place: 'queue', does: 'Go to the task before', key: 'k' },
  take: { place: 'queue', does: 'Take the task you are at', key: 't' },
  filter: { place: 'queue', does: 'Go to the filters', key: '/' },
  submitNext: { place: 'task', does: 'Submit, and go on to the next task', key: 'Mod+Enter' },
  submit: { place: 'task', does: 'Submit, and go to the queue', key: 'Mod+Shift+Enter' },
  giveBack: { place: 'task', does: 'Give the task back', key: 'r' },
  report: { place: 'task', does: 'Report a problem of the task', key: 'p' },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

/** Keys that stay as they are: they are printed beside the answers, or mean the same everywhere. */
export const FIXED_KEYS: { place: Place; keys: string[]; does: string }[] = [
  { place: 'everywhere', keys: ['Mod+k'], does: 'Search pages and actions' },
  { place: 'queue', keys: ['Enter'], does: 'Preview the task you are at' },
  { place: 'task', keys: ['1', '–', '9'], does: 'Choose an answer of the first open question' },
  { place: 'task', keys: ['y', 'n'], does: 'Answer yes or no' },
  {
    place: 'task',
    keys: ['Escape'],
    does: 'Leave a text field, so that keys choose answers again',
  },
];

export type Bindings = Record<CommandName, string>;

/** Each command's key: the worker's own choice where there is one. */
export function bindingsOf(chosen: Readonly<Record<string, string>>): Bindings {
  const entries = COMMAND_NAMES.map((name) => [name, chosen[name] ?? COMMANDS[name].key]);
  return Object.fromEntries(entries) as Bindings;
}

function meet(a: Place, b: Place): boolean {
  return a === b || a === 'everywhere' || b === 'everywhere';
}

/** Keys that the browser or a page of forms needs for itself. */
const TAKEN = new Set(['Tab', 'Escape', 'Enter', ' ', 'Backspace', 'Delete', 'Shift+Tab']);
const BROWSERS = new Set([...'acdfhjklnoprstuvwxz', '+', '-', '=', '0', 'Tab', 'Shift+Tab']);

/**
 * Why a command cannot have this key, in words for the worker.
 * @returns null where it can.
 */
export function refusalOf(name: CommandName, key: string, bindings: Bindings): string | null {
  const { place } = COMMANDS[name];
  if (TAKEN.has(key) || /^(Arrow|F\d|Page|Home|End|CapsLock)/.test(key)) {
    return `${keyLabel(key)} is needed to move about the page. Choose another key.`;
  }
  if (key.startsWith('Mod+') && BROWSERS.has(key.slice('Mod+'.length))) {
    return `${keyLabel(key)} belongs to the browser. Choose another key.`;
  }
  if (place !== 'queue' && /^[1-9yn]$/.test(key)) {
    return `${keyLabel(key)} answers questions. Choose another key.`;
  }
  const rival = COMMAND_NAMES.find(
    (other) =>
      other !== name &&
      bindings[other] === key &&
      meet(COMMANDS[other].place, COMMANDS[name].place),
  );
  if (!rival) return null;
  return `${keyLabel(key)} already means “${COMMANDS[rival].does}”. Choose another key, or change that one first.`;
}

const LABELS: Record<string, string> = {
  ' ': 'Space',
  Enter: '↵',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** A key as it is printed: `Mod+Enter` → `Ctrl ↵`, or `⌘ ↵` on a Mac. */
export function keyLabel(key: string, isMac = false): string {
  const parts = key === '+' ? ['+'] : key.split(/\+(?=.)/);
  return parts
    .map((part) => {
      if (part === 'Mod') return isMac ? '⌘' : 'Ctrl';
      return LABELS[part] ?? (part.length === 1 ? part.toUpperCase() : part);
    })
    .join(' ');
}
