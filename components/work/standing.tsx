'use client';

import { Button, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import dashboard from '@/components/dashboard/dashboard.module.css';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc-provider';
import { PageBody } from '@/components/ui/app-frame';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailureNotice } from '@/components/ui/failure-notice';
import { humanise } from '@/components/ui/humanise';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import { tellFailure } from '@/components/ui/notices';
import { PageHeader } from '@/components/ui/page-header';
import type { SkillStanding, Standing } from '@/server/features/verification/schema';
import { saveFile } from './save-file';
import classes from './standing.module.css';
import { VerifyCredential } from './verify-credential';

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** How accurate the worker is known to be, and what the next tier asks for. */
export function StandingPage() {
  const trpc = useTRPC();
  const standing = useQuery(trpc.standing.get.queryOptions());
  return (
    <PageBody>
      <PageHeader
        title="Standing"
        about="What your answers have shown, skill by skill."
        actions={<DownloadCredential />}
      />
      <div className={dashboard.stack}>
        {standing.isError ? (
          <FailureNotice error={standing.error} onRetry={() => void standing.refetch()} />
        ) : null}
        {standing.isPending ? <Loading height={180} radius="lg" /> : null}
        {standing.data ? (
          <>
            <Figures standing={standing.data} />
            <Next standing={standing.data} />
            <Skills skills={standing.data.skills} />
            <VerifyCredential />
          </>
        ) : null}
      </div>
    </PageBody>
  );
}

function Figures({ standing }: { standing: Standing }) {
  const figures = [
    ['Tier', humanise(standing.tier)],
    ['Accepted answers', String(standing.answers.accepted)],
    ['Rejected answers', String(standing.answers.rejected)],
    ['Tasks seen through', percent(standing.reliability)],
  ];
  return (
    <dl className={dashboard.figures} style={{ margin: 0 }}>
      {figures.map(([label, value]) => (
        <div key={label} className={dashboard.figure}>
          <dt className={dashboard.figureLabel}>{label}</dt>
          <dd className={dashboard.figureValue} style={{ margin: 0 }}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Next({ standing: { tier, next } }: { standing: Standing }) {
  if (!next) {
    return (
      <Card title="Your tier">
        <Text size="sm">{humanise(tier)} is the highest tier. You may take every task.</Text>
      </Card>
    );
  }
  const { nearest } = next;
  return (
    <Card title={`What ${humanise(next.tier).toLowerCase()} asks for`}>
      <Text size="sm">
        The lower end of your accuracy must reach {percent(next.floor)} in a skill.{' '}
        {nearest ? <Nearest nearest={nearest} /> : 'Choose a skill to begin.'} An operator then
        moves you up.
      </Text>
    </Card>
  );
}

function Nearest({ nearest }: { nearest: NonNullable<NonNullable<Standing['next']>['nearest']> }) {
  const needed = nearest.rightAnswersNeeded;
  const skill = humanise(nearest.skill);
  if (needed === 0) return <>You are there in {skill}.</>;
  return (
    <>
      Nearest is {skill}, at {percent(nearest.lower)}
      {needed === null ? '.' : `: ${needed} checked answers in a row, all right, would do.`}
    </>
  );
}

function Skills({ skills }: { skills: SkillStanding[] }) {
  return (
    <Card title="Accuracy by skill">
      {skills.length === 0 ? (
        <EmptyState icon={<Icon name="list" />} title="No skills yet">
          Skills open the tasks that need them.
        </EmptyState>
      ) : (
        <ul className={classes.skills}>
          {skills.map((each) => (
            <li key={each.skill} className={classes.skill}>
              <span>
                <strong>{humanise(each.skill)}</strong>
                {each.paused ? <span className={classes.paused}> paused</span> : null}
              </span>
              <span className={classes.track} aria-hidden="true">
                <span
                  className={classes.interval}
                  style={{
                    left: `${each.lower * 100}%`,
                    width: `${(each.upper - each.lower) * 100}%`,
                  }}
                />
                {each.total > 0 ? (
                  <span className={classes.mean} style={{ left: `${each.accuracy * 100}%` }} />
                ) : null}
              </span>
              <span className={classes.numbers}>
                {each.total === 0
                  ? `Not measured yet; taken to lie between ${percent(each.lower)} and ${percent(each.upper)}`
                  : `${percent(each.accuracy)}, between ${percent(each.lower)} and ${percent(each.upper)}; ${each.correct} of ${each.total} checked answers right`}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Text size="xs" c="dimmed" mt="md">
        Some tasks have a known answer. From how yours compare, the accuracy is estimated together
        with the range it lies in with 90 % probability. Few checked answers mean a wide range.
      </Text>
    </Card>
  );
}

function DownloadCredential() {
  const client = useTRPCClient();
  const download = useMutation({
    mutationFn: () => client.standing.credential.query(),
    onSuccess: (credential) =>
      saveFile('credential.json', 'application/json', JSON.stringify(credential, null, 2)),
    onError: tellFailure,
  });
  return (
    <Button variant="default" loading={download.isPending} onClick={() => download.mutate()}>
      Download signed credential
    </Button>
  );
}
