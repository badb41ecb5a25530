'use client';

import { Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { QueryState } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { PageHeader } from '@/components/ui/page-header';
import type { InstanceSettings, QuizNumbers } from '@/server/features/settings/schema';
import { AppealSettings } from '../appeals/appeal-settings';
import { NumberForm } from '../number-form';
import { PayoutSettings } from '../payouts/payout-settings';
import { L402Settings } from './l402-settings';
import { RateSettingsCard } from './rate-settings';
import { WageFloorSettings } from './wage-floor-settings';

/** What operators set for the whole instance. */
export function InstanceSettingsPage() {
  const trpc = useTRPC();
  const settings = useQuery(trpc.settings.get.queryOptions());
  return (
    <PageBody>
      <PageHeader title="Settings" about="For the whole instance, in both modes." />
      <QueryState query={settings} height={240} radius="lg" />
      {settings.data ? (
        <Stack gap="lg">
          <Vetting required={settings.data.requireVetting} />
          <Quiz numbers={settings.data.quiz} />
          <AppealSettings numbers={settings.data.appeals} />
          <PayoutSettings numbers={settings.data.payouts} />
          <WageFloorSettings saved={settings.data.wageFloor} />
          <L402Settings />
          <RateSettingsCard saved={settings.data.rates} />
        </Stack>
      ) : null}
    </PageBody>
  );
}

function Vetting({ required }: { required: boolean }) {
  const trpc = useTRPC();
  const change = useAct(trpc.workers.requireVetting, {
    done: ({ letIn }) => (letIn > 0 ? `Saved. ${letIn} who waited may work now.` : 'Saved.'),
    refresh: [{}],
  });
  return (
    <Card title="Who may work">
      <Switch
        checked={change.isPending ? change.variables.required : required}
        disabled={change.isPending}
        onChange={(event) => change.mutate({ required: event.currentTarget.checked })}
        label="New workers of the public pool wait for an operator"
        description="Organizations vouch for their own people, who never wait. Once it is switched off, everybody who waits is let in."
      />
    </Card>
  );
}

const fetchQuiz = () =>
  import('@/server/features/settings/schema').then(({ QuizNumbers }) => QuizNumbers);

const FIELDS = [
  { name: 'questions', label: 'Questions a try', min: 5, max: 10 },
  { name: 'passMark', label: 'Right answers to pass, percent', min: 50, max: 100 },
  { name: 'tries', label: 'Tries', min: 1, max: 10 },
  { name: 'firstWait', label: 'Hours to wait after the first failed try', min: 0, max: 2_160 },
  { name: 'laterWait', label: 'Hours to wait after later ones', min: 0, max: 2_160 },
  { name: 'minutes', label: 'Minutes a try', min: 5, max: 240 },
] as const;

type Fields = Record<(typeof FIELDS)[number]['name'], number>;

function fieldsOf({ questions, passMark, tries, cooldownHours, minutes }: QuizNumbers): Fields {
  return {
    questions,
    passMark: Math.round(passMark * 100),
    tries,
    firstWait: cooldownHours[0] ?? 0,
    laterWait: cooldownHours.at(-1) ?? 0,
    minutes,
  };
}

function readFields({ passMark, firstWait, laterWait, ...fields }: Fields) {
  return { ...fields, passMark: passMark / 100, cooldownHours: [firstWait, laterWait] };
}

function Quiz({ numbers }: { numbers: InstanceSettings['quiz'] }) {
  const trpc = useTRPC();
  const save = useAct(trpc.settings.saveQuiz, {
    done: 'Saved, for tries that begin from now on.',
    refresh: [trpc.settings.pathFilter()],
    quiet: true,
  });
  return (
    <Card title="Skill quizzes">
      <NumberForm
        fields={FIELDS}
        saved={fieldsOf(numbers)}
        contract={fetchQuiz}
        read={readFields}
        save={save}
      />
    </Card>
  );
}
