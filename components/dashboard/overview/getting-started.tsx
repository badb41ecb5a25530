'use client';

import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import classes from '@/components/dashboard/dashboard.module.css';
import {
  type FreshKey,
  rememberFreshKey,
  useFreshKey,
} from '@/components/dashboard/keys/fresh-key';
import settings from '@/components/dashboard/settings.module.css';
import { CopyText } from '@/components/dashboard/shown-once';
import { sendTask } from '@/components/dashboard/snippets/send-task';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { CodeTabs } from '@/components/ui/code/code-tabs';
import { SendTask } from './send-task';
import { Step } from './step';
import { WebhookStep } from './webhook-step';

interface GettingStartedProps {
  mode: 'live' | 'test';
  publicUrl: string;
  role: 'owner' | 'admin' | 'developer' | 'viewer';
  hasTask: boolean;
  hasVerified: boolean;
}

/** Four steps to a verified answer that arrives by itself, ticked off as they happen. */
export function GettingStarted(props: GettingStartedProps) {
  const { mode, publicUrl, role } = props;
  const trpc = useTRPC();
  const keys = useQuery(trpc.apiKeys.list.queryOptions({}));
  const endpoints = useQuery(trpc.webhooks.list.queryOptions({ limit: 100 }));
  const hasKey = keys.data?.data.some((key) => !key.revokedAt) ?? false;
  const hasEndpoint = (endpoints.data?.data.length ?? 0) > 0;
  // A key of another organization or mode, or one that was revoked, is not in the list.
  const fresh = useFreshKey();
  const usable = keys.data?.data.some((key) => key.id === fresh?.id && !key.revokedAt);
  const key = usable ? fresh : null;
  const access = { key: key?.plaintext ?? `ek_${mode}_…`, publicUrl };
  // Only at first: it must not close under the eyes of who has just done the last step.
  const [open] = useState(!(hasKey && props.hasVerified && hasEndpoint));
  const mayMakeKeys =
    role === 'owner' || role === 'admin' || (role === 'developer' && mode === 'test');
  return (
    <Card>
      {/* Who has been through it opens it only to copy a command. */}
      <details open={open}>
        <summary className={classes.summary}>Getting started</summary>
        <ol className={classes.steps}>
          <Step number={1} done={hasKey} title="Get an API key">
            <KeyStep mode={mode} fresh={key} hasKey={hasKey} mayMakeKeys={mayMakeKeys} />
          </Step>
          <Step number={2} done={props.hasTask} title="Send a task">
            <Stack gap={10} mt={6}>
              <CodeTabs
                code={(language) => sendTask(language, access)}
                does="sends a task"
                maxHeight={300}
              />
              {mode === 'test' ? <SendTask keyText={key?.plaintext ?? null} /> : null}
            </Stack>
          </Step>
          <Step number={3} done={props.hasVerified} title="Get the verified answer">
            <Text size="sm" c="dimmed">
              {mode === 'test'
                ? 'A simulated worker answers within seconds, and six stages verify the answer. '
                : 'A person answers, and six stages verify the answer. '}
              <code>?wait=30</code> waits for it; a webhook brings it.
            </Text>
          </Step>
          <Step number={4} done={hasEndpoint} title="Have events sent to you">
            <WebhookStep
              mayChange={role !== 'viewer'}
              hasEndpoint={hasEndpoint}
              publicUrl={publicUrl}
            />
          </Step>
        </ol>
      </details>
    </Card>
  );
}

function KeyStep(props: {
  mode: 'live' | 'test';
  fresh: FreshKey | null;
  hasKey: boolean;
  mayMakeKeys: boolean;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useAct(trpc.apiKeys.create, {
    after: async (made) => {
      await queryClient.invalidateQueries(trpc.apiKeys.pathFilter());
      rememberFreshKey(made);
    },
  });
  const { mode, fresh } = props;
  if (fresh) {
    return (
      <Stack gap={10} mt={6}>
        <code className={settings.secret} data-testid="first-key">
          {fresh.plaintext}
        </code>
        <Group gap="sm">
          <CopyText text={fresh.plaintext} label="Copy key" />
          <Text size="sm" c="dimmed">
            It is shown on this visit only, and stands in the code below.
          </Text>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack gap={10}>
      <Text size="sm" c="dimmed">
        {mode === 'test'
          ? 'A test key reaches simulated workers, for play sats. '
          : 'A live key reaches people, for real sats. '}
        <Anchor component={Link} href="/dashboard/settings/api-keys" size="sm" underline="always">
          API keys
        </Anchor>
      </Text>
      {props.mayMakeKeys ? (
        <div>
          <Button
            variant={props.hasKey ? 'default' : 'filled'}
            loading={create.isPending}
            onClick={() => create.mutate({ name: 'Getting started', mode })}
          >
            {props.hasKey ? `Create another ${mode} key` : `Create a ${mode} key`}
          </Button>
        </div>
      ) : null}
    </Stack>
  );
}
