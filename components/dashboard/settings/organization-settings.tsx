'use client';

import { Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import dashboard from '@/components/dashboard/dashboard.module.css';
import type { Role } from '@/components/dashboard/roles';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';
import { PageBody } from '@/components/ui/frame/app-frame';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { tell } from '@/components/ui/notices';
import { PageHeader } from '@/components/ui/page-header';
import { CloseCard } from './close-card';
import { TransferCard } from './transfer-card';

interface OrganizationSettingsProps {
  name: string;
  role: Role;
  userId: string;
}

/** The organization itself: its name, its owner, and its end. */
export function OrganizationSettings({ name, role, userId }: OrganizationSettingsProps) {
  return (
    <PageBody>
      <PageHeader
        title="Organization"
        about="Its name, who owns it, and how to leave or close it."
      />
      <div className={dashboard.stack}>
        {role === 'owner' || role === 'admin' ? (
          <NameCard name={name} />
        ) : (
          <Card title="Name">
            <Text>{name}</Text>
          </Card>
        )}
        {role === 'owner' ? <TransferCard name={name} userId={userId} /> : null}
        <LeaveCard name={name} userId={userId} />
        {role === 'owner' ? <CloseCard name={name} /> : null}
      </div>
    </PageBody>
  );
}

function NameCard({ name }: { name: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const rename = useMutation(trpc.organizations.rename.mutationOptions());
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/organizations/schema')).RenameOrganization,
    send: async (value) => {
      await rename.mutateAsync(value);
      tell('The name is saved.');
      router.refresh();
    },
  });
  return (
    <Card title="Name">
      <form {...checked.form}>
        <TextInput
          label="Name of the organization"
          description="Your team sees it, and whoever is invited."
          {...checked.field('name')}
          autoComplete="organization"
          defaultValue={name}
        />
        <FormFault inline mt="xs">
          {checked.general}
        </FormFault>
        <Group justify="flex-end" mt="md">
          <Button {...checked.button}>Save name</Button>
        </Group>
      </form>
    </Card>
  );
}

function LeaveCard({ name, userId }: { name: string; userId: string }) {
  const trpc = useTRPC();
  const leave = useAct(trpc.team.remove, { after: () => window.location.assign('/home') });
  return (
    <Card title="Leave">
      <Group justify="space-between" gap="sm">
        <Text size="sm" maw={480}>
          You see nothing of it any more, from the next click on. Its last owner cannot leave.
        </Text>
        <ConfirmButton
          label="Leave"
          ariaLabel={`Leave ${name}`}
          question={`Leave ${name}?`}
          verb="Leave"
          busy={leave.isPending}
          onConfirm={() => leave.mutateAsync({ userId })}
        >
          To come back you have to be invited again. Keys and endpoints you made stay.
        </ConfirmButton>
      </Group>
    </Card>
  );
}
