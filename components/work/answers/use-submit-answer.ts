'use client';

import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { v4 as uuid } from 'uuid';
import type { AnswerFault } from '@/components/task-form/form-validator';
import { textCharsOf, useTelemetry } from '@/components/task-form/use-telemetry';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc-provider';
import { useNextTask } from '@/components/work/queue/use-next-task';
import { forgetAnswer, type KeptAnswer, readKept } from './kept-answers';
import { mayArriveLater, sendAnswer } from './send-answer';

function isFaultList(details: unknown): details is AnswerFault[] {
  return (
    Array.isArray(details) &&
    details.every((each) => typeof (each as AnswerFault)?.pointer === 'string')
  );
}

/** The same answer keeps its key, so that a second click on Submit is no second answer. */
function keyFor(assignmentId: string, output: unknown): string {
  const before = readKept().find((each) => each.assignmentId === assignmentId);
  const isSame = before && JSON.stringify(before.output) === JSON.stringify(output);
  return isSame ? before.idempotencyKey : uuid();
}

/**
 * Hands an answer in, shows what the server refuses, and goes on. The answer is kept in this
 * browser first; where the server cannot be reached it stays there, and is sent later.
 */
export function useSubmitAnswer(options: {
  assignmentId: string;
  workerId: string;
  type: string;
  onSubmitted: () => void;
}) {
  const { assignmentId } = options;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const queryClient = useQueryClient();
  const telemetry = useTelemetry();
  const thenNext = useRef(true);
  const [refusals, setRefusals] = useState<AnswerFault[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const { goOn, isSearching } = useNextTask();

  const refuse = (error: unknown) => {
    forgetAnswer(assignmentId);
    const { message, code, details } = failureOf(error);
    if (code === 'answer_invalid' && isFaultList(details)) {
      setRefusals(details);
      return;
    }
    setFailure(message);
    void queryClient.invalidateQueries(trpc.assignments.pathFilter());
  };

  const send = async (answer: KeptAnswer) => {
    setSending(true);
    try {
      const { submitsAt } = await sendAnswer(client, answer);
      forgetAnswer(assignmentId);
      options.onSubmitted();
      if (submitsAt === null) {
        notifications.show({ message: 'Answer submitted. It is verified now.' });
      }
      if (thenNext.current) await goOn({ whenNone: 'That was the last one for now.' });
      else router.push('/work');
      void queryClient.invalidateQueries(trpc.assignments.pathFilter());
    } catch (error) {
      // What may still arrive stays kept, and the page says so.
      if (!mayArriveLater(error)) refuse(error);
    } finally {
      setSending(false);
    }
  };

  return {
    thenNext,
    refusals,
    failure,
    busy: sending || isSearching,
    submit: (output: unknown) => {
      if (sending) return;
      setRefusals([]);
      setFailure(null);
      const form = document.getElementById('answer-form');
      const answer: KeptAnswer = {
        workerId: options.workerId,
        assignmentId,
        type: options.type,
        output,
        telemetry: telemetry(form ? textCharsOf(form) : 0),
        idempotencyKey: keyFor(assignmentId, output),
        keptAtMs: Date.now(),
      };
      void send(answer);
    },
  };
}
