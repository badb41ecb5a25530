'use client';

import { Menu, UnstyledButton } from '@mantine/core';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { setPreference } from '@/app/preferences';
import type { Frame } from '@/server/doors/page-session';
import classes from './app-frame.module.css';
import { Icon } from './icons';

/** Names the organization on show; leads to its settings, to another one, and to a new one. */
export function OrganizationMenu({ frame }: { frame: Frame }) {
  const router = useRouter();
  const [, start] = useTransition();
  const current = frame.organizations.find(({ id }) => id === frame.organizationId);
  const name = current?.name ?? 'No organization';
  return (
    <Menu width={212} position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes.user} style={{ minHeight: 36 }}>
          <span className={`${classes.userText} ${classes.truncate}`} style={{ fontWeight: 500 }}>
            {name}
          </span>
          <Icon name="chevrons" size={14} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Organizations</Menu.Label>
        {frame.organizations.map((each) => (
          <Menu.Item
            key={each.id}
            rightSection={each.id === frame.organizationId ? <Icon name="check" /> : null}
            onClick={() =>
              start(async () => {
                await setPreference('humanrail-organization', each.id);
                router.push('/dashboard');
                router.refresh();
              })
            }
          >
            {each.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} href="/dashboard/settings/organization">
          Organization settings
        </Menu.Item>
        <Menu.Item component={Link} href="/welcome" leftSection={<Icon name="plus" />}>
          New organization
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
