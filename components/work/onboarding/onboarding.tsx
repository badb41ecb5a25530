'use client';

import { Button, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { QueryFailure, QueryState } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { PageHeader } from '@/components/ui/page-header';
import type { OnboardingView } from '@/server/features/onboarding/schema';
import { DestinationForm } from '../pay/destination-form';
import { AboutCard } from './about-card';
import classes from './onboarding.module.css';
import { PracticeStep } from './practice-step';
import { QuizStep } from './quiz-step';
import { SkillsStep } from './skills-step';
import { Step } from './step';
import { VettingWords } from './vetting-words';

/** The way in: what a new worker does before the first task, in any order, with a way to come back. */
export function Onboarding() {
  const trpc = useTRPC();
  const view = useQuery(trpc.onboarding.get.queryOptions());
  return (
    <PageBody>
      <PageHeader
        title="Set up your work"
        about="Four short steps. Leave at any time; what you did stays."
      />
      <QueryState query={view} height={320} radius="lg" />
      {view.data ? <Steps view={view.data} /> : null}
    </PageBody>
  );
}

function Steps({ view }: { view: OnboardingView }) {
  const wanted = view.skills.filter((skill) => skill.wanted);
  const held = view.skills.filter(({ state }) => state === 'held' || state === 'paused');
  const toPass = wanted.filter(({ state }) => state !== 'held' && state !== 'free');
  const chosen = wanted.length > 0 || held.length > 0;
  return (
    <Stack gap="md">
      <VettingWords view={view} />
      {view.vetting === 'waiting' ? <AboutCard about={view.about} /> : null}
      <ol className={classes.steps}>
        <Step
          number={1}
          done={chosen}
          title="Choose your skills"
          about="They decide which tasks are offered to you. You can add more later."
        >
          <SkillsStep skills={view.skills} />
        </Step>
        <Step
          number={2}
          done={held.length > 0 && toPass.length === 0}
          title="Pass their quizzes"
          about="A few real questions each, in the same form as paid tasks."
        >
          <QuizStep skills={view.skills} />
        </Step>
        <Step
          number={3}
          done={view.payout.chosen}
          title="Say where your sats go"
          about="A Lightning address, as your wallet shows it. You can also give it later."
        >
          <PayoutStep view={view} />
        </Step>
        <Step
          number={4}
          done={view.practice.done}
          title="Try a task"
          about="Unpaid and without consequence: you see at once what was expected, and why."
        >
          <PracticeStep practice={view.practice} />
        </Step>
      </ol>
      <Finish view={view} held={held.length} />
    </Stack>
  );
}

function PayoutStep({ view }: { view: OnboardingView }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const later = useAct(trpc.onboarding.postponePayout, { refresh: [trpc.onboarding.pathFilter()] });
  const settings = useQuery(trpc.payouts.settings.queryOptions());
  const { destination, chosen } = view.payout;
  return (
    <Stack gap="sm" align="flex-start">
      <QueryFailure query={settings} />
      <DestinationForm
        settings={{ destination, asks: settings.data?.asks ?? null }}
        onSaved={() => void queryClient.invalidateQueries(trpc.onboarding.pathFilter())}
      />
      {destination === null && !chosen ? (
        <Button
          variant="subtle"
          color="gray"
          loading={later.isPending}
          onClick={() => later.mutate()}
        >
          Give it later
        </Button>
      ) : null}
      {destination === null && chosen ? (
        <Text size="sm" c="dimmed">
          You give it later. Until then this instance records what it owes you.
        </Text>
      ) : null}
    </Stack>
  );
}

function Finish({ view, held }: { view: OnboardingView; held: number }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const finish = useAct(trpc.onboarding.finish, {
    after: async () => {
      await queryClient.invalidateQueries(trpc.onboarding.pathFilter());
      router.push('/work');
    },
  });
  return (
    <div>
      <Button loading={finish.isPending} onClick={() => finish.mutate()}>
        {view.vetting === 'approved' ? 'Go to the queue' : 'Done for now'}
      </Button>
      {held === 0 ? (
        <Text size="sm" c="dimmed" mt={8}>
          Without a skill you see only tasks that need none.
        </Text>
      ) : null}
    </div>
  );
}
