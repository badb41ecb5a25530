'use client';

import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTRPC } from '@/components/trpc/trpc-provider';
import type { OnboardingView } from '@/server/features/onboarding/schema';
import classes from './onboarding.module.css';

/** What keeps a worker from getting tasks, in one sentence; null where nothing does. */
function wordsFor(view: OnboardingView): string | null {
  if (view.vetting === 'rejected') return 'Your application was not approved.';
  if (view.vetting === 'waiting') {
    return 'An operator looks at your application. Until then no tasks come to you.';
  }
  const hasSkill = view.skills.some(({ state }) => state === 'held');
  if (!hasSkill) return 'You hold no skill yet, so few tasks or none come to you.';
  return view.finished || !view.skills.some(({ wanted }) => wanted)
    ? null
    : 'Your set-up is not finished.';
}

/** Leads a worker who is not through with it back to the way in, from every page but its own. */
export function OnboardingNotice() {
  const trpc = useTRPC();
  const pathname = usePathname() ?? '';
  const view = useQuery(trpc.onboarding.get.queryOptions());
  const words = view.data ? wordsFor(view.data) : null;
  const isElsewhere = !/^\/work\/(onboarding|tasks)(\/|$)/.test(pathname);
  if (!words || !isElsewhere) return null;
  return (
    <div className={classes.notice} role="status">
      <span>{words}</span>
      <Anchor component={Link} href="/work/onboarding" size="sm" underline="always">
        Open the set-up
      </Anchor>
    </div>
  );
}
