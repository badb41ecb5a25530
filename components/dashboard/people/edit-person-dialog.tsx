'use client';

import { Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { SaveFailure } from '@/components/ui/dialogs/save-failure';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { tell } from '@/components/ui/notices';
import type { Person } from '@/server/features/people/schema';
import { CapacityField, SkillsField, TierField } from './person-fields';

/** A person's skills, and tier and capacity where they are the organization's to set. */
export function EditPersonDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries(trpc.people.pathFilter());
  const [skills, setSkills] = useState(
    person.guest ? person.grantedSkills : person.skills.map(({ skill }) => skill),
  );
  const [tier, setTier] = useState(person.tier);
  const [tierAuto, setTierAuto] = useState(person.tierAuto);
  const [capacity, setCapacity] = useState<number | string>(person.capacity);
  const update = useMutation(
    trpc.people.update.mutationOptions({
      onSuccess: async () => {
        tell(`${person.name} is changed.`);
        onClose();
        await refresh();
      },
    }),
  );
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/people/schema')).UpdatePerson,
    values: () => ({
      workerId: person.workerId,
      version: person.version,
      skills,
      ...(person.guest ? {} : { tier, tierAuto, capacity }),
    }),
    send: (draft) => update.mutateAsync(draft),
  });
  return (
    <Dialog opened onClose={onClose} title={`Edit ${person.name}`}>
      <form {...checked.form}>
        <Stack gap="md">
          <SaveFailure error={update.error} onReload={refresh} />
          <SkillsField
            value={skills}
            onChange={setSkills}
            description={
              person.guest
                ? 'Besides their own; they count for your tasks alone.'
                : 'They get tasks that ask for these, or for none.'
            }
          />
          {person.guest ? (
            <Text size="sm" c="dimmed">
              A guest’s tier and capacity are set in the pool they come from.
            </Text>
          ) : (
            <>
              <TierField value={tier} onChange={setTier} />
              <Switch
                checked={tierAuto}
                onChange={(event) => setTierAuto(event.currentTarget.checked)}
                label="Checked answers move this, type by type"
                description="It rises with tasks of known answer that were right, and falls with wrong ones."
              />
              <CapacityField
                value={capacity}
                onChange={setCapacity}
                error={checked.faults.capacity ?? null}
              />
            </>
          )}
          <DialogActions onCancel={onClose} {...checked.button}>
            Save
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  );
}
