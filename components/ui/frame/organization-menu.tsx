'use client';

import { UnstyledButton } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { setPreference } from '@/app/preferences';
import { Icon } from '@/components/ui/icons';
import { Menu, MenuDivider, MenuItem, MenuLabel, MenuLink } from '@/components/ui/menus/menu';
import type { Frame } from '@/server/doors/page-session';
import classes from './app-frame.module.css';

/** Names the organization on show; leads to its settings, to another one, and to a new one. */
export function OrganizationMenu({ frame }: { frame: Frame }) {
  const router = useRouter();
  const [, start] = useTransition();
  const current = frame.organizations.find(({ id }) => id === frame.organizationId);
  const name = current?.name ?? 'No organization';
  return (
    <Menu
      width={212}
      button={(opens) => (
        <UnstyledButton {...opens} className={classes.user} style={{ minHeight: 36 }}>
          <span className={`${classes.userText} clip`} style={{ fontWeight: 500 }}>
            {name}
          </span>
          <Icon name="chevrons" size={14} />
        </UnstyledButton>
      )}
    >
      <MenuLabel>Organizations</MenuLabel>
      {frame.organizations.map((each) => (
        <MenuItem
          key={each.id}
          aside={each.id === frame.organizationId ? <Icon name="check" /> : null}
          onClick={() =>
            start(async () => {
              await setPreference('humanrail-organization', each.id);
              router.push('/dashboard');
              router.refresh();
            })
          }
        >
          {each.name}
        </MenuItem>
      ))}
      <MenuDivider />
      <MenuLink href="/dashboard/settings/organization">Organization settings</MenuLink>
      <MenuLink href="/welcome" icon={<Icon name="plus" />}>
        New organization
      </MenuLink>
    </Menu>
  );
}
