'use client';

import { Button, Checkbox, Stack } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import classes from '@/components/dashboard/tasks/tasks.module.css';
import { Icon } from '@/components/ui/icons';
import { Dropdown } from '@/components/ui/menus/dropdown';

/** A filter's button, which says what it is set to, and what opens from it. */
export function FilterMenu(props: {
  label: string;
  /** What it is set to, in words; null where it lets everything through. */
  chosen: string | null;
  children: (close: () => void) => ReactNode;
}) {
  return (
    <Dropdown
      role="dialog"
      first="input"
      button={(opens) => (
        <Button
          {...opens}
          variant={props.chosen ? 'light' : 'default'}
          rightSection={<Icon name="chevrons" size={12} />}
          maw={260}
        >
          {props.chosen ? `${props.label}: ${props.chosen}` : props.label}
        </Button>
      )}
    >
      {props.children}
    </Dropdown>
  );
}

/** A filter of which several values may be chosen. */
export function ChoiceFilter<T extends string>(props: {
  label: string;
  options: { value: T; label: string }[];
  value: T[];
  onChange: (value: T[]) => void;
}) {
  // The address follows a moment later; the box under the finger must not wait for it.
  const [value, setValue] = useState(props.value);
  const given = props.value.join();
  useEffect(() => setValue(given === '' ? [] : (given.split(',') as T[])), [given]);
  const labels = props.options.filter((option) => value.includes(option.value));
  const [first, ...others] = labels.map(({ label }) => label);
  const chosen = first ? `${first}${others.length > 0 ? ` +${others.length}` : ''}` : null;
  return (
    <FilterMenu label={props.label} chosen={chosen}>
      {() => (
        <Checkbox.Group
          aria-label={props.label}
          value={value}
          onChange={(next) => {
            setValue(next as T[]);
            props.onChange(next as T[]);
          }}
        >
          <Stack gap={8} miw={180} mah={300} pr={8} className={classes.options}>
            {props.options.map((option) => (
              <Checkbox key={option.value} value={option.value} label={option.label} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </FilterMenu>
  );
}
