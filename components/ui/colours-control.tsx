'use client';

import { Menu, useMantineColorScheme } from '@mantine/core';
import { Icon, type IconName } from './icons';

export const COLOURS = [
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
  { value: 'auto', label: 'As the system', icon: 'screen' },
] as const satisfies { value: string; label: string; icon: IconName }[];

type Scheme = (typeof COLOURS)[number]['value'];

/** Light, dark, or whatever the system says: entries of a menu, of which one is chosen. */
export function ColourItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as Scheme)}>
      <Menu.Label>Colours</Menu.Label>
      {COLOURS.map(({ value, label, icon }) => (
        <Menu.RadioItem
          key={value}
          value={value}
          rightSection={<Icon name={icon} />}
          closeMenuOnClick={false}
        >
          {label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
