'use client';

import { Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Role, rolesGrantedBy } from '@/components/dashboard/roles';
import { ShownOnce } from '@/components/dashboard/shown-once';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { Select } from '@/components/ui/inputs/select';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { humanise } from '@/components/ui/values/humanise';

/** Creates a link with which one person can join. */
export function InviteDialog(props: { role: Role; opened: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [role, setRole] = useState<Role>('developer');
  const [email, setEmail] = useState('');
  const [note, setNote] = useState('');
  const invite = useAct(trpc.team.invite, {
    after: () => queryClient.invalidateQueries(trpc.team.pathFilter()),
    quiet: true,
  });
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/organizations/schema')).CreateInvitation,
    values: () => ({ role, note, email: email || undefined }),
    send: (draft) => invite.mutateAsync(draft),
  });
  const close = () => {
    props.onClose();
    invite.reset();
    checked.reset();
    setEmail('');
    setNote('');
  };
  const made = invite.data;
  return (
    <Dialog
      opened={props.opened}
      onClose={close}
      title={made ? (made.email ? 'Invitation sent' : 'Copy the link now') : 'Invite somebody'}
      closeOnClickOutside={!made}
    >
      {made ? (
        <ShownOnce text={made.url} testId="invitation-link" onDone={close}>
          {made.email
            ? `It is on its way to ${made.email}. The link lets one person in, as ${made.role}, within a week; you can also copy it.`
            : `Send it to them. It lets one person in, as ${made.role}, within a week, and is shown once.`}
        </ShownOnce>
      ) : (
        <form {...checked.form}>
          <Stack gap="md">
            <FormFault>{checked.general}</FormFault>
            <Select
              label="Role"
              value={role}
              onChange={(value) => setRole((value as Role | null) ?? 'developer')}
              data={rolesGrantedBy(props.role).map((each) => ({
                value: each,
                label: humanise(each),
              }))}
            />
            <TextInput
              label="E-mail"
              description="The link is sent there. Leave it empty to hand the link over yourself."
              type="email"
              autoComplete="off"
              value={email}
              {...checked.field('email')}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            {email ? null : (
              <TextInput
                label="For whom"
                description="A reminder for the list of open invitations; it is not sent anywhere."
                maxLength={200}
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
            )}
            <DialogActions onCancel={close} {...checked.button}>
              {email ? 'Send invitation' : 'Create link'}
            </DialogActions>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
