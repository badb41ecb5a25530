'use client';

import { Alert, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { SaveFailure } from '@/components/ui/dialogs/save-failure';
import { NumberInput } from '@/components/ui/inputs/number-input';
import { Select } from '@/components/ui/inputs/select';
import { useContract } from '@/components/ui/inputs/use-contract';
import { tell } from '@/components/ui/notices';
import { RAIL_FORMS, RAIL_KINDS, type RailField } from '@/server/features/payouts/rails/policy';
import type { RailKind, RailLine } from '@/server/features/payouts/rails/schema';

const fetchContracts = () => import('@/server/features/payouts/rails/schema');

const KINDS = RAIL_KINDS.map((kind) => ({ value: kind, label: RAIL_FORMS[kind].title }));

/** Sets up a rail, or changes one; a secret that is there already stays unless another is given. */
export function RailDialog({ rail, onClose }: { rail: RailLine | null; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const contracts = useContract(fetchContracts);
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.rails.pathFilter()),
      // The first rail is what there is to compare.
      queryClient.invalidateQueries(trpc.reconciliation.pathFilter()),
    ]);
  const [kind, setKind] = useState<RailKind>(rail?.kind ?? RAIL_KINDS[0]);
  const [name, setName] = useState(rail?.name ?? '');
  const [settings, setSettings] = useState<Record<string, string>>(rail?.settings ?? {});
  const [base, setBase] = useState<number | string>(rail?.feeBaseSats ?? 5);
  const [percent, setPercent] = useState<number | string>((rail?.feeBasisPoints ?? 100) / 100);
  const [low, setLow] = useState<number | string>(rail?.lowBalanceSats ?? '');
  const [faults, setFaults] = useState<Record<string, string>>({});
  const done = {
    onSuccess: async (saved: RailLine) => {
      tell(rail ? `${saved.name} is changed.` : `${saved.name} is set up.`);
      onClose();
      await refresh();
    },
    onError: (error: unknown) => {
      const { param, message } = failureOf(error);
      setFaults(param === null ? {} : { [param]: message });
    },
  };
  const add = useMutation(trpc.rails.add.mutationOptions(done));
  const change = useMutation(trpc.rails.change.mutationOptions(done));
  const isOfEnvironment = rail?.source === 'environment';
  const { fields, about } = RAIL_FORMS[kind];

  const limits = {
    feeBaseSats: base === '' ? null : base,
    feeBasisPoints: percent === '' ? null : Math.round(Number(percent) * 100),
    lowBalanceSats: low === '' ? null : low,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!contracts) return;
    const own = Object.entries(settings).filter(
      ([field, value]) =>
        fields.some((each) => each.name === field) && value !== (rail?.settings[field] ?? ''),
    );
    const given = Object.fromEntries(own);
    if (rail) {
      const { id, version } = rail;
      const changed = own.length > 0 ? { settings: given } : {};
      const draft = contracts.ChangeRail.safeParse({ id, version, ...limits, ...changed });
      if (!draft.success) return setFaults(faultsOf(draft.error.issues));
      setFaults({});
      return change.mutate(draft.data);
    }
    const draft = contracts.AddRail.safeParse({ kind, name, settings: given, ...limits });
    if (!draft.success) return setFaults(faultsOf(draft.error.issues));
    setFaults({});
    add.mutate(draft.data);
  };
  const error = change.error ?? add.error;
  const isShown = fields.some((field) => faults[field.name]) || faults.name;
  return (
    <Dialog opened onClose={onClose} title={rail ? `Edit ${rail.name}` : 'Add a rail'} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {isShown ? null : <SaveFailure error={error} onReload={refresh} />}
          {rail ? null : (
            <Group grow align="flex-start">
              <Select
                label="Kind"
                description={about}
                data={KINDS}
                value={kind}
                onChange={(value) => setKind(value as RailKind)}
              />
              <TextInput
                label="Name"
                description="It stays, as the books go by it."
                placeholder="main"
                value={name}
                error={faults.name}
                data-autofocus
                onChange={(event) => setName(event.currentTarget.value)}
              />
            </Group>
          )}
          {isOfEnvironment ? (
            <Alert>
              It is set up by environment variables: its address and secrets are changed there.
            </Alert>
          ) : (
            fields.map((field) => (
              <SettingField
                key={field.name}
                field={field}
                isKept={rail?.secrets.includes(field.name) ?? false}
                value={settings[field.name] ?? ''}
                error={faults[field.name]}
                onChange={(value) => setSettings({ ...settings, [field.name]: value })}
              />
            ))
          )}
          <Group grow align="flex-start">
            <NumberInput
              label="Fee limit, base"
              description="For each payment"
              value={base}
              error={faults.feeBaseSats}
              onChange={setBase}
              {...{ allowDecimal: false, allowNegative: false, suffix: ' sats' }}
            />
            <NumberInput
              label="Fee limit, share"
              description="Of its amount, on top"
              value={percent}
              error={faults.feeBasisPoints}
              onChange={setPercent}
              {...{ decimalScale: 2, allowNegative: false, suffix: ' %' }}
            />
          </Group>
          <NumberInput
            label="Tell operators of a balance below"
            description="Empty is never."
            value={low}
            error={faults.lowBalanceSats}
            onChange={setLow}
            {...{ allowDecimal: false, allowNegative: false, suffix: ' sats' }}
            thousandSeparator=","
          />
          <DialogActions
            onCancel={onClose}
            loading={add.isPending || change.isPending}
            disabled={!contracts}
          >
            {rail ? 'Save' : 'Add'}
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  );
}

function faultsOf(issues: readonly { path: PropertyKey[]; message: string }[]) {
  return Object.fromEntries(issues.map(({ path, message }) => [String(path.at(-1)), message]));
}

function SettingField(props: {
  field: RailField;
  /** A secret that is there, and stays unless another is given. */
  isKept: boolean;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  const { field, isKept, value, error, onChange } = props;
  const common = {
    label: field.isOptional ? `${field.label} (optional)` : field.label,
    description: field.description,
    placeholder: isKept ? 'Saved; give another to replace it' : undefined,
    ...{ value, error, autoComplete: 'off', spellCheck: false },
  };
  return field.isLong ? (
    <Textarea
      {...common}
      autosize
      minRows={2}
      maxRows={6}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  ) : (
    <TextInput
      {...common}
      type={field.isSecret ? 'password' : 'text'}
      {...(field.isSecret ? { autoComplete: 'new-password' } : {})}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
