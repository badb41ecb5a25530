'use client';

import { Kbd } from '@mantine/core';
import {
  createContext,
  Fragment,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { isTyping } from '@/components/task-form/answer-keys';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { KeySequence, shortcutKeyOf } from './shortcut-keys';
import classes from './shortcuts.module.css';

export interface Shortcut {
  /** A key such as `n`, a sequence such as `g t`, or `mod k`, which works in text fields and dialogs too. */
  keys: string;
  label: string;
  /** Its heading in the sheet. */
  section: string;
  run: () => void;
  /** Wins over the frame's shortcut with the same keys. */
  overrides?: boolean;
}

interface Registry {
  /** The shortcuts of each mounted component, by its id. */
  parts: Map<string, readonly Shortcut[]>;
  openSheet: () => void;
}

/** Whether a key without Ctrl or ⌘ is meant for the page rather than for a field or a dialog. */
function isForPage(event: KeyboardEvent): boolean {
  if (event.repeat || event.defaultPrevented || isTyping(event.target)) return false;
  return document.querySelector('[role="dialog"]') === null;
}

const Context = createContext<Registry | null>(null);

/**
 * The registry of a page's keys, which both the listener and the sheet behind `?` read. Keys without
 * Ctrl or ⌘ do nothing while someone types or a dialog is open.
 */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [sheet, setSheet] = useState<readonly Shortcut[] | null>(null);
  const [registry] = useState<Registry>(() => ({
    parts: new Map(),
    openSheet: () => undefined,
  }));
  useEffect(() => {
    const all = () => [...registry.parts.values()].flat();
    registry.openSheet = () => setSheet(all());
    const sequence = new KeySequence();
    const listener = (event: KeyboardEvent) => {
      const key = shortcutKeyOf(event);
      if (key === null || !(key.startsWith('mod ') || isForPage(event))) return;
      const shortcuts = all();
      const known = ['?', ...shortcuts.map(({ keys }) => keys)];
      const { done, begun } = sequence.press(key, event.timeStamp, known);
      if (done !== null || begun) event.preventDefault();
      if (done === null) return;
      // A component with its own sheet registers `?` itself.
      const meant = shortcuts.filter(({ keys }) => keys === done);
      const shortcut = meant.find(({ overrides }) => overrides) ?? meant.at(-1);
      if (shortcut) shortcut.run();
      else registry.openSheet();
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [registry]);
  return (
    <Context value={registry}>
      {children}
      <Dialog
        opened={sheet !== null}
        onClose={() => setSheet(null)}
        title="Keyboard shortcuts"
        size="lg"
      >
        <Sheet shortcuts={sheet ?? []} />
      </Dialog>
    </Context>
  );
}

/** Registers shortcuts while the component is mounted. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const registry = useContext(Context);
  const id = useId();
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
    registry?.parts.set(id, shortcuts);
  });
  useEffect(() => {
    registry?.parts.set(id, latest.current);
    return () => {
      registry?.parts.delete(id);
    };
  }, [registry, id]);
}

/** Returns a function that opens the sheet. */
export function useShortcutSheet(): () => void {
  const registry = useContext(Context);
  return useMemo(() => () => registry?.openSheet(), [registry]);
}

const SHEET: Omit<Shortcut, 'run'> = { keys: '?', label: 'This sheet', section: 'Everywhere' };

function Sheet({ shortcuts }: { shortcuts: readonly Shortcut[] }) {
  const overridden = new Set(shortcuts.flatMap((each) => (each.overrides ? [each.keys] : [])));
  const heard = shortcuts.filter(
    ({ keys, overrides }) => keys !== '?' && (overrides || !overridden.has(keys)),
  );
  const isEverywhere = ({ section }: { section: string }) => section === SHEET.section;
  const shown = [
    ...heard.filter(isEverywhere),
    SHEET,
    ...heard.filter((shortcut) => !isEverywhere(shortcut)),
  ];
  const sections = [...new Set(shown.map(({ section }) => section))];
  return (
    <div className={classes.sections}>
      {sections.map((section) => (
        <section key={section} aria-label={section}>
          <h3 className={classes.heading}>{section}</h3>
          <dl className={classes.list}>
            {shown
              .filter((each) => each.section === section)
              .map(({ keys, label }) => (
                <Fragment key={keys}>
                  <dt>{label}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </Fragment>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

/** A shortcut as key caps. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={classes.keys}>
      {keys.split(' ').map((key, index) => (
        <Kbd key={`${key}-${index === 0 ? 'first' : 'then'}`} size="xs">
          {key === 'mod' ? modName() : key.length === 1 ? key.toUpperCase() : key}
        </Kbd>
      ))}
    </span>
  );
}

/** The modifier key of commands on this machine. */
function modName(): string {
  if (typeof navigator === 'undefined') return 'Ctrl';
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
}
