'use client';

import { useDisclosure } from '@mantine/hooks';
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
import { isTyping } from '@/components/task-form/answer-keys';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { type Bindings, bindingsOf, COMMAND_NAMES } from './commands';
import { keyPressOf, keyTextsOf } from './key-text';
import { type Handlers, KeysContext } from './keys-context';
import { KeysSheet } from './keys-sheet';

/** Where keys belong to something in front of the page: a dialog, a menu, an open list. */
function isElsewhere(event: KeyboardEvent): boolean {
  if (document.querySelector('[role="dialog"]')) return true;
  return event.target instanceof Element && event.target.closest('[role="menu"]') !== null;
}

function handlerOf(
  event: KeyboardEvent,
  bindings: Bindings,
  registered: Iterable<RefObject<Handlers>>,
): (() => void) | undefined {
  const press = keyPressOf(event);
  if (!press || event.repeat) return undefined;
  const newestFirst = [...registered].reverse();
  for (const text of keyTextsOf(press)) {
    // Where somebody types, only keys with Ctrl or ⌘ are commands.
    if (isTyping(event.target) && !text.startsWith('Mod+')) continue;
    for (const name of COMMAND_NAMES.filter((each) => bindings[each] === text)) {
      const owner = newestFirst.find(({ current }) => current[name]);
      if (owner) return owner.current[name];
    }
  }
  return undefined;
}

/** Hears the worker's keys on every page of the worker app, and shows them on `?`. */
export function KeysProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const preferences = useQuery(trpc.workers.preferences.queryOptions());
  const chosen = preferences.data?.keys;
  const bindings = useMemo(() => bindingsOf(chosen ?? {}), [chosen]);
  const [opened, sheet] = useDisclosure(false);
  const [isMac, setIsMac] = useState(false);
  const registered = useRef(new Set<RefObject<Handlers>>());
  const held = useRef(false);
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
      const handler = handlerOf(event, bindings, registered.current);
      if (!handler) return;
      event.preventDefault();
      handler();
    };
    // Before any other listener of the page, which then finds the key used.
    document.addEventListener('keydown', listen, true);
    return () => document.removeEventListener('keydown', listen, true);
  }, [bindings]);
  const showKeys = sheet.open;
  const keys = useMemo(
    () => ({ bindings, isMac, showKeys, register, hold }),
    [bindings, isMac, showKeys, register, hold],
  );
  return (
    <KeysContext value={keys}>
      {children}
      <KeysSheet opened={opened} onClose={sheet.close} />
    </KeysContext>
  );
}
