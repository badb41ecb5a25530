'use client';

import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc-provider';
import { humanise } from '@/components/ui/values/humanise';
import { usePresence } from '@/components/work/presence/presence-context';
import { writeLocalDraft } from './draft-storage';
import { forgetAnswer, isBeingSent, type KeptAnswer, readKept } from './kept-answers';
import { mayArriveLater, sendAnswer } from './send-answer';
import { useKeptAnswers } from './use-kept-answers';

const AGAIN_MS_BASE = 3_000;
const AGAIN_MS_MAX = 30_000;

/** Sends kept answers of this worker, on whichever page, once there is a connection. */
export function AnswerSender({ workerId }: { workerId: string }) {
  const { connected } = usePresence();
  const kept = useKeptAnswers().filter((each) => each.workerId === workerId);
  const send = useSender();
  const waiting = kept.length > 0 && connected;
  const failures = useRef(0);
  useEffect(() => {
    if (!waiting) return;
    let timer: ReturnType<typeof setTimeout>;
    let ended = false;
    const run = async () => {
      const own = readKept().filter((each) => each.workerId === workerId);
      let failed = false;
      for (const answer of own) failed = !(await send(answer)) || failed;
      if (ended || !failed) return;
      failures.current += 1;
      const delayMs = Math.min(AGAIN_MS_BASE * 2 ** failures.current, AGAIN_MS_MAX);
      timer = setTimeout(() => void run(), delayMs);
    };
    failures.current = 0;
    timer = setTimeout(() => void run(), AGAIN_MS_BASE / 6);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [waiting, workerId, send]);
  return null;
}

/** @returns whether the answer is dealt with: arrived, or refused for good. */
function useSender(): (answer: KeptAnswer) => Promise<boolean> {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  return useCallback(
    async (answer) => {
      const { assignmentId } = answer;
      if (isBeingSent(assignmentId)) return true;
      try {
        const { submitsAt } = await sendAnswer(client, answer);
        forgetAnswer(assignmentId);
        writeLocalDraft(assignmentId, null);
        notifications.show({
          message: `${humanise(answer.type)}: your answer was sent.${
            submitsAt && submitsAt.getTime() > Date.now() ? ' You can still take it back.' : ''
          }`,
        });
      } catch (error) {
        if (mayArriveLater(error)) return false;
        // It stays with its worker as a draft, on the page of its task.
        writeLocalDraft(assignmentId, { value: answer.output, savedAtMs: answer.keptAtMs });
        forgetAnswer(assignmentId);
        notifications.show({
          color: 'red',
          role: 'alert',
          autoClose: false,
          title: `${humanise(answer.type)}: your answer could not be handed in`,
          message: `${failureOf(error).message} What you wrote is kept; select this to see it.`,
          onClick: () => router.push(`/work/tasks/${assignmentId}`),
          style: { cursor: 'pointer' },
        });
      }
      void queryClient.invalidateQueries(trpc.assignments.pathFilter());
      return true;
    },
    [client, queryClient, router, trpc],
  );
}
