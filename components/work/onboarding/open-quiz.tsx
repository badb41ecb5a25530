'use client';

import { Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Countdown } from '@/components/ui/values/now';
import type { QuizView } from '@/server/features/onboarding/schema';
import work from '../work.module.css';
import { AskDesk } from './ask-desk';

/** A try that is under way: the question that is asked now, and the time that is left. */
export function OpenQuiz(props: {
  quiz: QuizView;
  /** Told of the quiz as it is after an answer. */
  onChange: (quiz: QuizView) => void;
  /** The quiz has gone on elsewhere, or its time is up. */
  onStale: () => void;
}) {
  const { quiz, onChange, onStale } = props;
  const trpc = useTRPC();
  const { question } = quiz;
  const answer = useMutation(
    trpc.onboarding.answer.mutationOptions({
      onSuccess: onChange,
      // Another tab may have gone on; what the server knows is shown.
      onError: (error) => {
        if (error.data?.code === 'CONFLICT' || error.data?.code === 'NOT_FOUND') onStale();
      },
    }),
  );
  useAtEnd(quiz.expiresAt, onStale);
  if (!question) return null;
  const position = `Question ${question.position} of ${quiz.total}`;
  return (
    <AskDesk
      key={question.id}
      asked={quiz.asked}
      payload={question.payload}
      title={`${quiz.asked.title}: ${position.toLowerCase()}`}
      head={
        <Group gap={8}>
          <Text size="sm" c="dimmed">
            Time left
          </Text>
          <span className={work.timer} role="timer">
            <Countdown until={quiz.expiresAt} urgentSeconds={120} />
          </span>
        </Group>
      }
      foot={
        <Text size="xs" c="dimmed" style={{ flex: 1 }}>
          {quiz.needed} of {quiz.total} right answers pass.
        </Text>
      }
      submitLabel={question.position === quiz.total ? 'Finish' : 'Next question'}
      busy={answer.isPending}
      error={answer.error}
      onSubmit={(output) => answer.mutate({ questionId: question.id, output })}
    />
  );
}

/** Does something once a moment has come, if the page is still open then. */
function useAtEnd(at: Date, act: () => unknown): void {
  const atMs = at.getTime();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the moment sets the timer anew.
  useEffect(() => {
    const timer = setTimeout(act, Math.max(0, atMs - Date.now()) + 500);
    return () => clearTimeout(timer);
  }, [atMs]);
}
