'use client';

import { Text } from '@mantine/core';
import { duration } from '@/components/ui/values/humanise';
import { useNow } from '@/components/ui/values/now';
import type { SkillStep } from '@/server/features/onboarding/schema';

/** How long until a moment, kept up; the moment itself until the page runs. */
export function Until({ at }: { at: Date }) {
  const now = useNow(20_000);
  const iso = at.toISOString();
  return (
    <time dateTime={iso} title={iso}>
      {now === null
        ? `at ${iso.slice(0, 16).replace('T', ' ')} UTC`
        : `in ${duration((at.getTime() - now) / 1_000)}`}
    </time>
  );
}

const tries = (left: number) => (left === 1 ? 'one try left' : `${left} tries left`);

/** Where the worker stands with a quiz, in a sentence. */
export function QuizWords({ skill }: { skill: SkillStep }) {
  switch (skill.state) {
    case 'held':
      return <>Yours.</>;
    case 'paused':
      return <>Yours, but paused: no tasks that need it come until an operator looks at it.</>;
    case 'free':
      return <>No quiz; save your choice to have it.</>;
    case 'open':
      return <>Under way. The clock is running.</>;
    case 'closed':
      return <>All tries are used up. An operator can allow you more.</>;
    case 'cooling':
      return (
        <>
          Not passed yet. The next try is allowed{' '}
          {skill.retryAt ? <Until at={skill.retryAt} /> : null}, with {tries(skill.triesLeft)}.
        </>
      );
    case 'ready':
      return (
        <>
          {skill.questions} questions, at most {skill.minutes} minutes, {tries(skill.triesLeft)}.
        </>
      );
  }
}

/** What is said before any quiz begins. */
export function QuizTerms() {
  return (
    <Text size="sm" mt={8}>
      You answer one question after the other, in the form you know from tasks. An answer cannot be
      changed afterwards. You may leave and come back while the time runs; what is not answered by
      then counts as wrong.
    </Text>
  );
}
