'use client';

import { useNetwork } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { AnswerSender } from '@/components/work/answers/answer-sender';
import { WaitingAnswers } from '@/components/work/answers/waiting-answers';
import { KeysProvider } from '@/components/work/keys/keys-provider';
import { OfferBar } from '@/components/work/offers/offer-bar';
import { OfferNotices } from '@/components/work/offers/offer-notices';
import { OfflineBanner } from './offline-banner';
import classes from './presence.module.css';
import { PresenceContext } from './presence-context';
import { usePresenceSwitches } from './use-presence-switches';
import { useWorkerChanges } from './use-worker-changes';
import { WorkCommands } from './work-commands';

const HEARTBEAT_MS = 30_000;

/** Keeps a worker's pages in touch: says that the worker is there, and hears what is offered. */
export function PresenceProvider({ children }: { children: ReactNode }) {
  const { profile, isSwitching, setOnline, setOnCall } = usePresenceSwitches();
  const online = profile?.online ?? false;
  const onCall = profile?.onCall ?? false;
  const loaded = profile !== undefined;
  const workerId = profile?.id ?? null;
  const refetchInterval = useWorkerChanges();
  const connected = useNetwork().online;
  // While the switch is on its way the server may still have the worker offline.
  useHeartbeat(online && connected && !isSwitching);
  const presence = useMemo(
    () => ({
      workerId,
      online,
      onCall,
      loaded,
      setOnline: (next: boolean) => setOnline({ online: next }),
      setOnCall: (next: boolean) => setOnCall({ onCall: next }),
      refetchInterval: connected ? refetchInterval : false,
      connected,
    }),
    [workerId, online, onCall, loaded, setOnline, setOnCall, refetchInterval, connected],
  );
  return (
    <PresenceContext value={presence}>
      <KeysProvider>
        <WorkCommands />
        <OfferNotices />
        <OfflineBanner />
        {children}
        <div className={classes.dock}>
          <OfferBar />
          <WaitingAnswers />
        </div>
        {workerId ? <AnswerSender workerId={workerId} /> : null}
      </KeysProvider>
    </PresenceContext>
  );
}

/** Says every half minute that the page is open; without it the server takes a worker offline. */
function useHeartbeat(active: boolean): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate } = useMutation(trpc.workers.heartbeat.mutationOptions());
  useEffect(() => {
    if (!active) return;
    let isOver = false;
    const beat = () =>
      mutate(undefined, {
        onSuccess: (state) => {
          // An answer to a heartbeat sent before the switch was turned says nothing any more.
          if (state.online || isOver) return;
          notifications.show({
            message: 'You went offline because this page lost its connection. Go online again.',
          });
          void queryClient.invalidateQueries(trpc.workers.pathFilter());
        },
      });
    beat();
    const timer = setInterval(beat, HEARTBEAT_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [active, mutate, queryClient, trpc]);
}
