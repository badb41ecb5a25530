'use client';

import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { NumberInput } from '@/components/ui/inputs/number-input';
import { SegmentedControl } from '@/components/ui/inputs/segmented-control';
import { TagsInput } from '@/components/ui/inputs/tags-input';
import type { InviteWorkers, Tier } from '@/server/features/people/schema';
import { CopyText, ShownOnce } from '../shown-once';
import classes from './people.module.css';
import { CapacityField, SkillsField, TierField } from './person-fields';

/** Asks people into the organization's pool: by mail, or by a link to hand on. */
export function InviteWorkersDialog(props: { opened: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const invite = useMutation(
    trpc.people.invite.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.people.pathFilter()),
    }),
  );
  const close = () => {
    props.onClose();
    invite.reset();
  };
  const made = invite.data;
  return (
    <Dialog
      opened={props.opened}
      onClose={close}
      title={made ? 'The invitation is made' : 'Invite people'}
      // A stray click must not lose links that are shown once.
      closeOnClickOutside={!made}
    >
      {made ? (
        <Made made={made} onDone={close} />
      ) : (
        <InviteForm
          busy={invite.isPending}
          fault={invite.error ? failureOf(invite.error).message : null}
          onCancel={close}
          onInvite={(draft) => invite.mutate(draft)}
        />
      )}
    </Dialog>
  );
}

function Made(props: {
  made: { id: string; email: string | null; url: string; usesMax: number }[];
  onDone: () => void;
}) {
  const [first] = props.made;
  if (first?.email === null) {
    return (
      <ShownOnce text={first.url} testId="pool-invitation-link" onDone={props.onDone}>
        Hand it on. It lets in {first.usesMax === 1 ? 'one person' : `${first.usesMax} people`},
        within two weeks, and is shown once.
      </ShownOnce>
    );
  }
  return (
    <Stack gap="md">
      <Text size="sm">
        Each of them is sent a link, good for two weeks. You can hand the links on yourself as well;
        they are shown once.
      </Text>
      <ul className={classes.links}>
        {props.made.map(({ id, email, url }) => (
          <li key={id}>
            <Text size="sm" truncate>
              {email}
            </Text>
            <CopyText text={url} label="Copy link" />
          </li>
        ))}
      </ul>
      <Group justify="flex-end">
        <Button onClick={props.onDone}>Done</Button>
      </Group>
    </Stack>
  );
}

function InviteForm(props: {
  busy: boolean;
  fault: string | null;
  onCancel: () => void;
  onInvite: (draft: InviteWorkers) => void;
}) {
  const [by, setBy] = useState<'mail' | 'link'>('mail');
  const [emails, setEmails] = useState<string[]>([]);
  const [usesMax, setUsesMax] = useState<number | string>(1);
  const [note, setNote] = useState('');
  const [skills, setSkills] = useState<string[]>([]);
  const [tier, setTier] = useState<Tier>('medium');
  const [capacity, setCapacity] = useState<number | string>(1);
  const [fault, setFault] = useState<{ field: string; message: string } | null>(null);
  const faultOf = (field: string) => (fault?.field === field ? fault.message : null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (by === 'mail' && emails.length === 0) {
      return setFault({ field: 'emails', message: 'Give at least one address, then press Enter.' });
    }
    const contracts = await import('@/server/features/people/schema');
    const draft = contracts.InviteWorkers.safeParse({
      ...(by === 'mail' ? { emails } : { usesMax, note }),
      skills,
      tier,
      capacity,
    });
    if (!draft.success) {
      const [issue] = draft.error.issues;
      const [field, index] = issue?.path ?? [];
      const which = typeof index === 'number' ? `“${emails[index]}”: ` : '';
      return setFault({
        field: String(field ?? ''),
        message: `${which}${issue?.message ?? 'Not valid.'}`,
      });
    }
    setFault(null);
    props.onInvite(draft.data);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <FormFault>{props.fault}</FormFault>
        <SegmentedControl
          aria-label="How to invite"
          value={by}
          onChange={(value) => setBy(value as typeof by)}
          data={[
            { value: 'mail', label: 'By e-mail' },
            { value: 'link', label: 'By a link' },
          ]}
        />
        {by === 'mail' ? (
          <TagsInput
            label="Addresses"
            description="One after another, or many pasted at once."
            placeholder={emails.length === 0 ? 'grace@example.com' : undefined}
            value={emails}
            onChange={setEmails}
            splitChars={[',', ';', ' ', '\n']}
            acceptValueOnBlur
            error={faultOf('emails')}
            data-autofocus
          />
        ) : (
          <>
            <NumberInput
              label="How many people it lets in"
              value={usesMax}
              onChange={setUsesMax}
              allowDecimal={false}
              allowNegative={false}
              error={faultOf('usesMax')}
            />
            <TextInput
              label="For whom"
              description="A reminder for the list of open invitations."
              maxLength={200}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              error={faultOf('note')}
            />
          </>
        )}
        <SkillsField
          value={skills}
          onChange={setSkills}
          description="They get tasks that ask for these, or for none."
        />
        <Group grow align="flex-start">
          <TierField value={tier} onChange={setTier} />
          <CapacityField value={capacity} onChange={setCapacity} error={faultOf('capacity')} />
        </Group>
        <DialogActions onCancel={props.onCancel} loading={props.busy}>
          {by === 'mail' ? 'Send invitations' : 'Create link'}
        </DialogActions>
      </Stack>
    </form>
  );
}
