'use client';

import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import {
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { hasUnsentText, isTyping } from '@/components/task-form/answer-keys';
import { useTRPC } from '@/components/trpc/trpc-provider';
import {
  type Bindings,
  bindingsOf,
  COMMAND_NAMES,
  COMMANDS,
  type CommandName,
  keyLabel,
} from './commands';
import { keyPressOf, keyTextsOf } from './key-text';
import { type Handlers, KeysContext } from './keys-context';
import { KeysSheet } from './keys-sheet';

/** Where keys belong to something in front of the page: a dialog, a menu, an open list. */
function isElsewhere(event: KeyboardEvent): boolean {
  if (document.querySelector('[role="dialog"]')) return true;
  return event.target instanceof Element && event.target.closest('[role="menu"]') !== null;
}

interface Command {
  name: CommandName;
  /** The key that was pressed for it. */
  key: string;
  run: () => void;
}

function commandOf(
  event: KeyboardEvent,
  bindings: Bindings,
  singleKeys: boolean,
  registered: Iterable<RefObject<Handlers>>,
): Command | undefined {
  const press = keyPressOf(event);
  if (!press || event.repeat) return undefined;
  const newestFirst = [...registered].reverse();
  for (const text of keyTextsOf(press)) {
    // Where somebody types, only keys with Ctrl or ⌘ are commands.
    if ((isTyping(event.target) || !singleKeys) && !text.startsWith('Mod+')) continue;
    for (const name of COMMAND_NAMES.filter((each) => bindings[each] === text)) {
      const run = newestFirst.find(({ current }) => current[name])?.current[name];
      if (run) return { name, key: text, run };
    }
  }
  return undefined;
}

/** How long a key that was held back waits to be pressed again. */
const AGAIN_MS = 5_000;

/**
 * Holds back a key that may be meant as text: while an answer has unsent text and the cursor is in no
 * field, its first press only shows what it would do, and puts the cursor there where that is a
 * button or a switch.
 */
function useSecondPress() {
  const first = useRef<{ name: CommandName; atMs: number } | null>(null);
  return useCallback(({ name, key }: Command, isMac: boolean): boolean => {
    const before = first.current;
    first.current = null;
    if (key.startsWith('Mod+') || !hasUnsentText(document)) return true;
    if (before?.name === name && performance.now() - before.atMs < AGAIN_MS) return true;
    first.current = { name, atMs: performance.now() };
    // Small and large screens each have their own; the other one is not displayed.
    [...document.querySelectorAll<HTMLElement>(`[data-command="${name}"]`)]
      .find((element) => element.getClientRects().length > 0)
      ?.focus();
    notifications.show({
      id: 'key-held-back',
      message: `Press ${keyLabel(key, isMac)} again: ${COMMANDS[name].does.toLowerCase()}.`,
      autoClose: AGAIN_MS,
    });
    return false;
  }, []);
}

/** Hears the worker's keys on every page of the worker app, and shows them on `?`. */
export function KeysProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const preferences = useQuery(trpc.workers.preferences.queryOptions());
  const chosen = preferences.data?.keys;
  const singleKeys = preferences.data?.singleKeys ?? true;
  const bindings = useMemo(() => bindingsOf(chosen ?? {}), [chosen]);
  const [opened, sheet] = useDisclosure(false);
  const [isMac, setIsMac] = useState(false);
  const registered = useRef(new Set<RefObject<Handlers>>());
  const held = useRef(false);
  const isSecondPress = useSecondPress();
  useEffect(() => setIsMac(/Mac|iPhone|iPad/.test(navigator.userAgent)), []);
  const register = useCallback((handlers: RefObject<Handlers>) => {
    registered.current.add(handlers);
    return () => void registered.current.delete(handlers);
  }, []);
  const hold = useCallback((next: boolean) => {
    held.current = next;
  }, []);
  const own = useRef<Handlers>({ showKeys: sheet.open });
  useEffect(() => register(own), [register]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (held.current || isElsewhere(event)) return;
      const command = commandOf(event, bindings, singleKeys, registered.current);
      if (!command) return;
      event.preventDefault();
      if (isSecondPress(command, isMac)) command.run();
    };
    // Before any other listener of the page, which then finds the key used.
    document.addEventListener('keydown', listen, true);
    return () => document.removeEventListener('keydown', listen, true);
  }, [bindings, singleKeys, isMac, isSecondPress]);
  // The style sheets show no keys that do nothing.
  useEffect(() => {
    document.documentElement.toggleAttribute('data-no-single-keys', !singleKeys);
    return () => document.documentElement.removeAttribute('data-no-single-keys');
  }, [singleKeys]);
  const showKeys = sheet.open;
  const keys = useMemo(
    () => ({ bindings, isMac, singleKeys, showKeys, register, hold }),
    [bindings, isMac, singleKeys, showKeys, register, hold],
  );
  return (
    <KeysContext value={keys}>
      {children}
      <KeysSheet opened={opened} onClose={sheet.close} />
    </KeysContext>
  );
}
