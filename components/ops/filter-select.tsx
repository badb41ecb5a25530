import { NativeSelect } from '@mantine/core';

/** Narrows a list to one of some values, or to none of them. */
export function FilterSelect<Value extends string>(props: {
  label: string;
  /** The option that narrows nothing. */
  any: string;
  value: string | undefined;
  onChange: (value: string) => void;
  options: readonly Value[];
  wordOf: (value: Value) => string;
}) {
  const { label, any, value, onChange, options, wordOf } = props;
  return (
    <NativeSelect
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: any },
        ...options.map((option) => ({ value: option, label: wordOf(option) })),
      ]}
    />
  );
}
