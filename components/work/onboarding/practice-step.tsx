import { Button, Group } from '@mantine/core';
import Link from 'next/link';
import type { OnboardingView } from '@/server/features/onboarding/schema';

/** A task of each kind to try, the ones that fit the chosen skills first. */
export function PracticeStep({ practice }: { practice: OnboardingView['practice'] }) {
  return (
    <Group gap="sm">
      {practice.types.map(({ type, title }, index) => (
        <Button
          key={type}
          component={Link}
          href={`/work/onboarding/practice/${encodeURIComponent(type)}`}
          variant={index === 0 ? 'default' : 'subtle'}
          color={index === 0 ? undefined : 'gray'}
          aria-label={`Try a task: ${title}`}
        >
          {title}
        </Button>
      ))}
    </Group>
  );
}
