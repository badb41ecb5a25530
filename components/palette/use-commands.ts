'use client';

import { useMantineColorScheme } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { setPreference } from '@/app/preferences';
import { type Area, DOCS } from '@/components/ui/frame/area-docs';
import { COLOURS } from '@/components/ui/frame/colours-control';
import type { NavigationItem } from '@/components/ui/frame/navigation-item';
import { signOut } from '@/components/ui/frame/sign-out';
import { useSwitchMode } from '@/components/ui/frame/use-switch-mode';
import type { IconName } from '@/components/ui/icons';
import { useShortcutSheet } from '@/components/ui/keys/shortcuts';
import type { Frame } from '@/server/doors/page-session';

export interface Command {
  id: string;
  group: 'Go to' | 'Do' | 'Switch';
  label: string;
  icon: IconName;
  /** Other words by which people look for it. */
  words?: string;
  keys?: string;
  run: () => void;
}

interface CommandsProps {
  frame: Frame;
  area: Area;
  items: readonly NavigationItem[];
}

/** Everything the palette can do on this page, for this person: no entry that would be refused. */
export function useCommands({ frame, area, items }: CommandsProps): Command[] {
  const router = useRouter();
  const openSheet = useShortcutSheet();
  const { setColorScheme } = useMantineColorScheme();
  const { switchMode } = useSwitchMode();
  const pages = items.map(
    (item): Command => ({
      id: item.href,
      group: 'Go to',
      label: item.label,
      icon: item.icon,
      ...(item.keys ? { keys: item.keys } : {}),
      run: () => router.push(item.href),
    }),
  );
  const places = [
    ...otherAreas(frame, area),
    { label: 'Documentation', href: DOCS[area], icon: 'list' as const },
  ];
  const areas = places.map(
    ({ label, href, icon }): Command => ({
      id: href,
      group: 'Go to',
      label,
      icon,
      run: () => router.push(href),
    }),
  );
  const actions =
    area === 'dashboard'
      ? dashboardActions(frame, items).map(
          ({ href, ...action }): Command => ({
            ...action,
            id: `do:${href}`,
            group: 'Do',
            run: () => router.push(href),
          }),
        )
      : [];
  const other = frame.mode === 'test' ? 'live' : 'test';
  const modes: Command[] =
    area === 'work'
      ? []
      : [
          {
            id: 'mode',
            group: 'Switch',
            label: `Switch to ${other} mode`,
            icon: other === 'live' ? 'bolt' : 'review',
            run: () => switchMode(other),
          },
        ];
  const organizations = area === 'dashboard' ? frame.organizations : [];
  return [
    ...pages,
    ...areas,
    ...actions,
    ...modes,
    ...organizations
      .filter(({ id }) => id !== frame.organizationId)
      .map(
        ({ id, name }): Command => ({
          id: `organization:${id}`,
          group: 'Switch',
          label: `Switch to ${name}`,
          words: 'organization',
          icon: 'building',
          run: () => {
            void setPreference('humanrail-organization', id).then(() => {
              router.push('/dashboard');
              router.refresh();
            });
          },
        }),
      ),
    ...COLOURS.map(
      ({ value, label, icon }): Command => ({
        id: `colours:${value}`,
        group: 'Switch',
        label: `Colours: ${label.toLowerCase()}`,
        words: 'theme dark light mode',
        icon,
        run: () => setColorScheme(value),
      }),
    ),
    ...(area === 'work'
      ? []
      : [
          {
            id: 'shortcuts',
            group: 'Do',
            label: 'Keyboard shortcuts',
            icon: 'list',
            keys: '?',
            // Once the palette is gone: of two dialogs at once the later would take the focus back.
            run: () => setTimeout(openSheet, 150),
          } satisfies Command,
        ]),
    { id: 'sign-out', group: 'Do', label: 'Sign out', icon: 'arrow', run: signOut },
  ];
}

function otherAreas(frame: Frame, area: CommandsProps['area']) {
  return [
    {
      area: 'dashboard',
      label: 'Dashboard',
      href: '/dashboard',
      icon: 'home',
      open: frame.organizations.length > 0,
    },
    { area: 'work', label: 'Work', href: '/work', icon: 'inbox', open: frame.isWorker },
    {
      area: 'ops',
      label: 'Operations',
      href: '/ops',
      icon: 'review',
      open: frame.isOperator,
    },
  ].flatMap((place) => (place.open && place.area !== area ? [place] : [])) as {
    label: string;
    href: string;
    icon: IconName;
  }[];
}

interface Action {
  label: string;
  words?: string;
  icon: IconName;
  keys?: string;
  href: string;
}

function dashboardActions(frame: Frame, items: readonly NavigationItem[]): Action[] {
  const { role, mode } = frame;
  const manages = role === 'owner' || role === 'admin';
  const makes = manages || role === 'developer';
  const playground = items.some(({ href }) => href === '/dashboard/playground');
  return [
    ...(makes
      ? [
          {
            label: 'Create a task',
            words: 'new send',
            icon: 'plus',
            keys: 'c',
            href: playground ? '/dashboard/playground' : '/dashboard',
          } as const,
        ]
      : []),
    ...(manages || (makes && mode === 'test')
      ? [
          {
            label: `Create a ${mode} API key`,
            words: 'new secret token',
            icon: 'key',
            href: '/dashboard/settings/api-keys?open=new',
          } as const,
        ]
      : []),
    ...(makes
      ? [
          {
            label: 'Add a webhook endpoint',
            words: 'new url',
            icon: 'link',
            href: '/dashboard/settings/webhooks?open=new',
          } as const,
        ]
      : []),
    ...(manages
      ? [
          {
            label: 'Invite a worker',
            words: 'people pool new add',
            icon: 'people',
            href: '/dashboard/people?open=new',
          } as const,
          {
            label: 'Invite a colleague to the team',
            words: 'member new add',
            icon: 'people',
            href: '/dashboard/settings/team?open=new',
          } as const,
        ]
      : []),
  ];
}
