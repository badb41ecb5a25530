'use client';

import { createContext, type RefObject, useContext, useEffect, useRef } from 'react';
import { type Bindings, bindingsOf, type CommandName } from './commands';

export type Handlers = Partial<Record<CommandName, () => void>>;

interface Keys {
  bindings: Bindings;
  isMac: boolean;
  /** Whether keys without Ctrl or ⌘ do anything. */
  singleKeys: boolean;
  showKeys: () => void;
  /** Says what commands do while a component is on the page. @returns the function that ends it. */
  register: (handlers: RefObject<Handlers>) => () => void;
  /** While true, keys reach nobody: a new one is being chosen. */
  hold: (held: boolean) => void;
}

export const KeysContext = createContext<Keys>({
  bindings: bindingsOf({}),
  isMac: false,
  singleKeys: true,
  showKeys: () => undefined,
  register: () => () => undefined,
  hold: () => undefined,
});

export function useKeys(): Keys {
  return useContext(KeysContext);
}

/** Does what the worker's keys ask for, while the calling component is on the page. */
export function useCommands(handlers: Handlers): void {
  const { register } = useKeys();
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => register(latest), [register]);
}
