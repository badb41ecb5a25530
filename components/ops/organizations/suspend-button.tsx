'use client';

import { Text } from '@mantine/core';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { ReasonButton } from '@/components/ui/dialogs/reason-button';
import type { OrganizationView } from '@/server/features/customers/schema';

/** Stops an organization from creating anything new, or lets it go on. */
export function SuspendButton({ organization }: { organization: OrganizationView }) {
  const trpc = useTRPC();
  const { id: organizationId, name, state } = organization;
  const suspended = state === 'active';
  const change = useAct(trpc.customers.suspend, {
    done: suspended ? `${name} is suspended.` : `${name} may go on.`,
    refresh: [trpc.customers.pathFilter()],
  });
  const verb = suspended ? 'Suspend' : 'Resume';
  return (
    <ReasonButton
      label={`${verb}…`}
      ariaLabel={`${verb} ${name}`}
      question={`${verb} ${name}?`}
      verb={verb}
      size="sm"
      color={suspended ? 'red' : undefined}
      readBy="Its members read it, and it stands in the audit log."
      busy={change.isPending}
      onConfirm={(reason) => change.mutateAsync({ organizationId, suspended, reason })}
    >
      <Text size="sm">
        {suspended
          ? 'Its keys may read and nothing else, and nobody creates tasks for it. Open tasks are answered, paid and delivered. Its members see why in the dashboard.'
          : 'Its keys work as before, and tasks can be created again.'}
      </Text>
    </ReasonButton>
  );
}
