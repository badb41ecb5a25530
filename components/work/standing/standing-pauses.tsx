'use client';

import { Alert, Button, Text } from '@mantine/core';
import Link from 'next/link';
import { Icon } from '@/components/ui/icons';
import { useNow } from '@/components/ui/values/now';
import { Until } from '@/components/work/onboarding/quiz-words';
import type { TypePause, TypeStanding } from '@/server/features/verification/schema';

/** What is paused for the worker, why, and what brings it back. */
export function PausedTypes({ types }: { types: readonly TypeStanding[] }) {
  return types.map(({ title, pause }) =>
    pause ? (
      <Alert
        key={pause.id}
        color="orange"
        icon={<Icon name="warning" />}
        title={`Paused: ${title}`}
        role="status"
      >
        <Text size="sm">{pause.reason}</Text>
        <Text size="sm" mt={6}>
          No new tasks of this kind come from that customer. What you have in hand is yours to
          finish. <WayBack pause={pause} />
        </Text>
        <QuizLink title={title} pause={pause} />
      </Alert>
    ) : null,
  );
}

function WayBack({ pause: { returnsBy, returnsAt } }: { pause: TypePause }) {
  const now = useNow(20_000);
  const isOpen = returnsAt !== null && now !== null && returnsAt.getTime() <= now;
  switch (returnsBy) {
    case 'person':
      return <>Somebody set this pause, and only they or an operator can lift it.</>;
    case 'probation':
      return isOpen || !returnsAt ? (
        <>They come back within a minute.</>
      ) : (
        <>
          They come back by themselves <Until at={returnsAt} />; more of them are then checked, as
          for somebody new.
        </>
      );
    default:
      return isOpen || !returnsAt ? (
        <>A quiz brings them back.</>
      ) : (
        <>
          A quiz brings them back; you may take it <Until at={returnsAt} />.
        </>
      );
  }
}

function QuizLink({ title, pause }: { title: string; pause: TypePause }) {
  const now = useNow(20_000);
  if (pause.returnsBy !== 'own_quiz' && pause.returnsBy !== 'shipped_quiz') return null;
  if (pause.returnsAt && (now === null || pause.returnsAt.getTime() > now)) return null;
  return (
    <Button
      component={Link}
      href={`/work/standing/quiz/${pause.id}`}
      mt="sm"
      aria-label={`Take the quiz: ${title}`}
    >
      Take the quiz
    </Button>
  );
}
