'use client';

import { Button, Group, Text } from '@mantine/core';
import classes from '@/components/dashboard/settings.module.css';
import { CopyText } from '@/components/dashboard/shown-once';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';

/** The secret that signs events sent to tasks' own callback URLs: shown on demand, and rotated. */
export function CallbackSecret() {
  const trpc = useTRPC();
  const reveal = useAct(trpc.webhooks.revealCallbackSecret);
  const rotate = useAct(trpc.webhooks.rotateCallbackSecret);
  const shown = rotate.data ?? reveal.data;
  const former = shown?.previous_secret_expires_at;
  const hide = () => {
    reveal.reset();
    rotate.reset();
  };
  return (
    <Card title="Callback secret">
      <Text size="sm" maw={680}>
        Events sent to a task’s own <code>callback_url</code> are signed with this secret. It is one
        for the organization, in test and live mode; endpoints have secrets of their own.
      </Text>
      {shown ? (
        <code className={classes.secret} data-testid="callback-secret">
          {shown.secret}
        </code>
      ) : null}
      {former ? (
        <Text size="sm" c="dimmed">
          The former secret signs as well until {former.slice(0, 16).replace('T', ' ')} UTC.
        </Text>
      ) : null}
      <Group gap="sm" mt="md">
        {shown ? (
          <>
            <CopyText text={shown.secret} />
            <Button size="xs" variant="default" onClick={hide}>
              Hide
            </Button>
          </>
        ) : (
          <Button
            size="xs"
            variant="default"
            loading={reveal.isPending}
            onClick={() => reveal.mutate()}
          >
            Reveal secret
          </Button>
        )}
        <ConfirmButton
          label="Rotate secret"
          ariaLabel="Rotate the callback secret"
          question="Rotate the callback secret?"
          verb="Rotate secret"
          color="rail"
          busy={rotate.isPending}
          onConfirm={() => rotate.mutateAsync()}
        >
          <code>X-HumanRail-Signature</code> is by the new secret at once. For 24 hours{' '}
          <code>webhook-signature</code> is by both, so that your server can change over without
          losing an event.
        </ConfirmButton>
      </Group>
    </Card>
  );
}
