'use client';

import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { FormFault } from '@/components/ui/inputs/form-fault';

/** For who is signed in, such as a customer: the same account can also work. */
export function BecomeWorker({ name }: { name: string }) {
  const trpc = useTRPC();
  const become = useMutation(
    trpc.workers.become.mutationOptions({
      onSuccess: () => window.location.assign('/work/onboarding'),
    }),
  );
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>Work on tasks</Title>
        <Text c="dimmed" size="sm" mt={4}>
          You are signed in as {name}. The same account can also answer tasks and be paid for it;
          what else you do here stays as it is.
        </Text>
      </div>
      <FormFault error={become.error} />
      <Button
        loading={become.isPending || become.isSuccess}
        onClick={() => become.mutate()}
        fullWidth
      >
        Become a worker
      </Button>
      <Text size="sm">
        <Anchor component={Link} href="/home" size="sm" underline="always">
          Not now
        </Anchor>
      </Text>
    </Stack>
  );
}
