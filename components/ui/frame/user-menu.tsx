'use client';

import { UnstyledButton } from '@mantine/core';
import { Icon } from '@/components/ui/icons';
import { Keys, useShortcutSheet } from '@/components/ui/keys/shortcuts';
import { Menu, MenuDivider, MenuItem, MenuLink } from '@/components/ui/menus/menu';
import type { Frame } from '@/server/doors/page-session';
import classes from './app-frame.module.css';
import { type Area, DOCS } from './area-docs';
import { ColourItems } from './colours-control';
import { signOut } from './sign-out';

/** Who is signed in, the other places they may go, the colours, and the way out. */
export function UserMenu({ frame, area }: { frame: Frame; area: Area }) {
  const openSheet = useShortcutSheet();
  const places = [
    {
      area: 'dashboard',
      label: 'Dashboard',
      href: '/dashboard',
      open: frame.organizations.length > 0,
    },
    { area: 'work', label: 'Work', href: '/work', open: frame.isWorker },
    { area: 'ops', label: 'Operations', href: '/ops', open: frame.isOperator },
  ].filter((place) => place.open && place.area !== area);
  return (
    <Menu
      width={212}
      side="top-start"
      button={(opens) => (
        <UnstyledButton
          {...opens}
          className={classes.user}
          aria-label={`Account of ${frame.user.name}`}
        >
          <span className={classes.avatar} aria-hidden="true">
            {frame.user.name.slice(0, 1).toUpperCase()}
          </span>
          <span className={classes.userText}>
            <span className="clip" style={{ display: 'block', fontSize: 13 }}>
              {frame.user.name}
            </span>
            <span
              className="clip"
              style={{ display: 'block', fontSize: 12, color: 'var(--text-soft)' }}
            >
              {frame.user.email}
            </span>
          </span>
          <Icon name="chevrons" size={14} />
        </UnstyledButton>
      )}
    >
      {places.map((place) => (
        <MenuLink key={place.href} href={place.href}>
          {place.label}
        </MenuLink>
      ))}
      {places.length > 0 ? <MenuDivider /> : null}
      <MenuLink href="/account">Your account</MenuLink>
      <MenuLink href={DOCS[area]} prefetch={false}>
        Documentation
      </MenuLink>
      <ColourItems />
      <MenuDivider />
      {area === 'work' ? null : (
        <MenuItem aside={<Keys keys="?" />} onClick={openSheet}>
          Keyboard shortcuts
        </MenuItem>
      )}
      <MenuItem onClick={signOut}>Sign out</MenuItem>
    </Menu>
  );
}
