'use client';

import { NativeSelect, type NativeSelectProps } from '@mantine/core';

interface SelectProps extends Omit<NativeSelectProps, 'data' | 'value' | 'onChange' | 'children'> {
  data: readonly (string | { value: string; label: string })[];
  /** Null while nothing is chosen. */
  value: string | null;
  onChange: (value: string | null) => void;
  /** What stands there while nothing is chosen. */
  placeholder?: string;
  /** Whether what was chosen can be taken away again. */
  clearable?: boolean;
}

/** One of several by the browser's own list, which needs no code and suits a phone best. */
export function Select(props: SelectProps) {
  const { data, value, onChange, placeholder, clearable, ...field } = props;
  const mayBeEmpty = clearable || value === null;
  return (
    <NativeSelect
      {...field}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    >
      {mayBeEmpty ? (
        <option value="" disabled={!clearable}>
          {placeholder}
        </option>
      ) : null}
      {data.map((each) => {
        const option = typeof each === 'string' ? { value: each, label: each } : each;
        return (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        );
      })}
    </NativeSelect>
  );
}
