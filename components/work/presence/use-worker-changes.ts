'use client';

import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc-provider';
import { tell } from '@/components/ui/notices';

const POLL_MS = 1_500;
const AGAIN_MS = 3_000;
const TICK_MS = 5_000;
/** A tick this late means that the machine slept. */
const ASLEEP_MS = 20_000;

/**
 * Reads again what others changed: routing, the customer, the worker's other tabs.
 * @returns `false` while changes are heard as they happen, else after how many milliseconds to ask.
 */
export function useWorkerChanges(): false | number {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const readAgain = useCallback(() => {
    for (const path of [
      trpc.assignments.pathFilter(),
      trpc.queue.pathFilter(),
      trpc.ledger.pathFilter(),
      trpc.payouts.pathFilter(),
      trpc.workers.pathFilter(),
    ]) {
      void queryClient.invalidateQueries(path);
    }
  }, [queryClient, trpc]);
  const tellCheck = useCheckNotice();
  const { status, reset } = useSubscription(
    trpc.assignments.changes.subscriptionOptions(undefined, {
      onData: ({ types }) => {
        if (types.includes('answer.checked')) void tellCheck();
        // A draft is saved at every pause of typing, and changes nothing but itself.
        if (types.every((type) => type === 'draft.saved')) {
          void queryClient.invalidateQueries(trpc.assignments.draft.pathFilter());
        } else if (types.every((type) => type === 'worker.changed')) {
          void queryClient.invalidateQueries(trpc.workers.pathFilter());
        } else readAgain();
        if (types.includes('appeal.upheld')) tell('An appeal of yours was upheld.');
        if (types.includes('appeal.dismissed')) tell('An appeal of yours was dismissed.');
      },
    }),
  );
  useWaking(() => {
    reset();
    readAgain();
  });
  // A refusal, such as a proxy's while the server starts again, ends the stream for good.
  useEffect(() => {
    if (status !== 'error') return;
    const timer = setTimeout(reset, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [status, reset]);
  return status === 'pending' ? false : POLL_MS;
}

/** Says how the newest answer to a task with a known answer went, where its customer lets workers know. */
function useCheckNotice(): () => Promise<void> {
  const client = useTRPCClient();
  return useCallback(async () => {
    const { data } = await client.assignments.answers.query({ limit: 10 });
    const checked = data.find(({ check }) => check !== null)?.check;
    if (!checked) return;
    notifications.show({
      title: checked.correct ? 'Checked: right' : 'Checked: another answer was expected',
      message: checked.message,
      color: checked.correct ? 'green' : 'orange',
    });
  }, [client]);
}

/** Calls back when the machine or the network was away: the stream may be dead without knowing. */
function useWaking(onWake: () => void): void {
  const latest = useRef(onWake);
  useEffect(() => {
    latest.current = onWake;
  });
  useEffect(() => {
    let lastMs = Date.now();
    const look = () => {
      const nowMs = Date.now();
      const slept = nowMs - lastMs > ASLEEP_MS;
      lastMs = nowMs;
      if (slept && document.visibilityState === 'visible') latest.current();
    };
    const back = () => latest.current();
    const restored = (event: PageTransitionEvent) => event.persisted && latest.current();
    const timer = setInterval(look, TICK_MS);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('online', back);
    window.addEventListener('pageshow', restored);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('online', back);
      window.removeEventListener('pageshow', restored);
    };
  }, []);
}
