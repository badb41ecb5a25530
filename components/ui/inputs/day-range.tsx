import { TextInput } from '@mantine/core';

/** The first and the last day of a list. */
export function DayRange(props: {
  from: string | undefined;
  to: string | undefined;
  onChange: (changes: { from?: string | null; to?: string | null }) => void;
}) {
  const { from, to, onChange } = props;
  return (
    <>
      <TextInput
        type="date"
        aria-label="First day"
        value={from ?? ''}
        max={to}
        onChange={(event) => onChange({ from: event.currentTarget.value || null })}
      />
      <TextInput
        type="date"
        aria-label="Last day"
        value={to ?? ''}
        min={from}
        onChange={(event) => onChange({ to: event.currentTarget.value || null })}
      />
    </>
  );
}
