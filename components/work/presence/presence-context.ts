'use client';

import { createContext, useContext } from 'react';

export interface Presence {
  /** Null until it is known. */
  workerId: string | null;
  online: boolean;
  onCall: boolean;
  /** False until it is known whether the worker is online. */
  loaded: boolean;
  setOnline: (online: boolean) => void;
  setOnCall: (onCall: boolean) => void;
  /** The `refetchInterval` that keeps lists fresh: none while changes are heard. */
  refetchInterval: false | number;
  /** False while the browser has no network. */
  connected: boolean;
}

export const PresenceContext = createContext<Presence>({
  workerId: null,
  online: false,
  onCall: false,
  loaded: false,
  setOnline: () => undefined,
  setOnCall: () => undefined,
  refetchInterval: false,
  connected: true,
});

export function usePresence(): Presence {
  return useContext(PresenceContext);
}
