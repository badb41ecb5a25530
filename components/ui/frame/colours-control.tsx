'use client';

import { useMantineColorScheme } from '@mantine/core';
import { Icon, type IconName } from '@/components/ui/icons';
import { MenuChoice, MenuLabel } from '@/components/ui/menus/menu';

export const COLOURS = [
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
  { value: 'auto', label: 'As the system', icon: 'screen' },
] as const satisfies { value: string; label: string; icon: IconName }[];

/** Light, dark, or whatever the system says: entries of a menu, of which one is chosen. */
export function ColourItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <MenuLabel>Colours</MenuLabel>
      {COLOURS.map(({ value, label, icon }) => (
        <MenuChoice
          key={value}
          isChosen={value === colorScheme}
          aside={<Icon name={icon} />}
          onClick={() => setColorScheme(value)}
        >
          {label}
        </MenuChoice>
      ))}
    </>
  );
}
