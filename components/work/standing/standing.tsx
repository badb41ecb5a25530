'use client';

import { Button, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import dashboard from '@/components/dashboard/dashboard.module.css';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc-provider';
import { QueryState } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { tellFailure } from '@/components/ui/notices';
import { PageHeader } from '@/components/ui/page-header';
import { saveFile } from '@/components/ui/save-file';
import { humanise } from '@/components/ui/values/humanise';
import type { Standing } from '@/server/features/verification/schema';
import { PausedTypes } from './standing-pauses';
import { TypeRows } from './standing-types';
import { VerifyCredential } from './verify-credential';

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** How accurate the worker is known to be, type by type, what is paused, and what the next tier asks for. */
export function StandingPage() {
  const trpc = useTRPC();
  const standing = useQuery(trpc.standing.get.queryOptions());
  return (
    <PageBody>
      <PageHeader
        title="Standing"
        about="What your answers have shown, for each kind of task."
        actions={<DownloadCredential />}
      />
      <div className={dashboard.stack}>
        <QueryState query={standing} height={180} radius="lg" />
        {standing.data ? (
          <>
            <PausedTypes types={standing.data.types} />
            <Figures standing={standing.data} />
            <TypeRows standing={standing.data} />
            <VerifyCredential />
          </>
        ) : null}
      </div>
    </PageBody>
  );
}

function Figures({ standing }: { standing: Standing }) {
  const figures = [
    {
      label: 'Tier',
      value: humanise(standing.tier),
      meaning: standing.tierAuto
        ? 'The highest risk of the tasks you get. Checked answers move it, kind by kind; see below.'
        : 'The highest risk of the tasks you get. It was set for you.',
    },
    {
      label: 'Accepted answers',
      value: String(standing.answers.accepted),
      meaning: 'They were verified, and paid.',
    },
    {
      label: 'Rejected answers',
      value: String(standing.answers.rejected),
      meaning: 'Your history says why, and lets you appeal.',
    },
    {
      label: 'Tasks seen through',
      value: percent(standing.reliability),
      meaning: 'The share you answered of those you started; the last twenty count most.',
    },
  ];
  return (
    <dl className={dashboard.figures} style={{ margin: 0 }}>
      {figures.map(({ label, value, meaning }) => (
        <div key={label} className={dashboard.figure}>
          <dt className={dashboard.figureLabel}>{label}</dt>
          <dd className={dashboard.figureValue} style={{ margin: 0 }}>
            {value}
          </dd>
          <Text size="xs" c="dimmed" component="dd" m={0}>
            {meaning}
          </Text>
        </div>
      ))}
    </dl>
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
