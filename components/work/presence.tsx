'use client';

import { useNetwork } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { AnswerSender } from './answer-sender';
import { KeysProvider } from './keys/keys-provider';
import { OfferBar } from './offer-bar';
import { OfferNotices } from './offer-notices';
import { OfflineBanner } from './offline-banner';
import classes from './presence.module.css';
import { PresenceContext } from './presence-context';
import { usePresenceSwitches } from './use-presence-switches';
import { useWorkerChanges } from './use-worker-changes';
import { WaitingAnswers } from './waiting-answers';
import { WorkCommands } from './work-commands';

const HEARTBEAT_MS = 30_000;

/** Keeps a worker's pages in touch: says that the worker is there, and hears what is offered. */
export function PresenceProvider({ children }: { children: ReactNode }) {
  const { profile, setOnline, setOnCall } = usePresenceSwitches();
  const online = profile?.online ?? false;
  const onCall = profile?.onCall ?? false;
  const loaded = profile !== undefined;
  const workerId = profile?.id ?? null;
  const refetchInterval = useWorkerChanges();
  const connected = useNetwork().online;
  useHeartbeat(online && connected);
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

/** Says every half minute that the page is open; a worker who falls silent is taken offline. */
function useHeartbeat(online: boolean): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate } = useMutation(
    trpc.workers.heartbeat.mutationOptions({
      onSuccess: (state) => {
        if (state.online) return;
        notifications.show({
          message: 'You were taken offline, since nothing was heard of this page. Go online again.',
        });
        void queryClient.invalidateQueries(trpc.workers.pathFilter());
      },
    }),
  );
  useEffect(() => {
    if (!online) return;
    mutate();
    const timer = setInterval(() => mutate(), HEARTBEAT_MS);
    return () => clearInterval(timer);
  }, [online, mutate]);
}
