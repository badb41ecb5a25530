'use client';

import { Box, Burger, Divider } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { fetchDialogs } from '@/components/ui/dialogs/dialog';
import { Icon, Mark } from '@/components/ui/icons';
import { SearchButton } from '@/components/ui/keys/search-button';
import { ShortcutsProvider, useShortcuts } from '@/components/ui/keys/shortcuts';
import { PromptLink } from '@/components/ui/prompt-link';
import { useHydrated } from '@/components/ui/use-hydrated';
import { RateProvider } from '@/components/ui/values/amount';
import type { Frame } from '@/server/doors/page-session';
import classes from './app-frame.module.css';
import type { Area } from './area-docs';
import { ConfirmBanner } from './confirm-banner';
import { ModeMark, ModeSwitch, TestBanner } from './mode-switch';
import type { NavigationItem } from './navigation-item';
import { OrganizationMenu } from './organization-menu';
import { PageReady, usePageReady } from './page-ready';
import { useFetchedAhead } from './use-fetched-ahead';
import { UserMenu } from './user-menu';

/** Fetched after the page itself: nobody opens it in the first moment. */
const CommandPalette = dynamic(
  () => import('@/components/palette/command-palette').then((loaded) => loaded.CommandPalette),
  { ssr: false },
);

/** The frame of a signed-in page: navigation beside it, or behind a button on a small screen. */
export function AppFrame(props: {
  frame: Frame;
  area: Area;
  items: NavigationItem[];
  /** Below the navigation, such as a worker's online switch. */
  extra?: ReactNode;
  /** Beside the brand in the header of a small screen; `extra` is hidden there. */
  headerExtra?: ReactNode;
  children: ReactNode;
}) {
  const { frame, area } = props;
  const pathname = usePathname();
  const [open, { toggle, close }] = useDisclosure(false);
  // Going somewhere closes the menu that led there.
  useEffect(() => {
    if (pathname) close();
  }, [pathname, close]);
  const hasModes = area !== 'work';
  const hydrated = useHydrated();
  const [isPageReady, { open: tellReady }] = useDisclosure(false);
  useFetchedAhead(fetchDialogs);
  // Play sats are worth nothing.
  const rate = hasModes && frame.mode === 'test' ? null : frame.rate;
  return (
    <ShortcutsProvider>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <div
        className={classes.shell}
        data-alive={hydrated || undefined}
        data-ready={(hydrated && isPageReady) || undefined}
      >
        <header className={classes.header}>
          <Burger
            opened={open}
            onClick={toggle}
            size="sm"
            aria-label={open ? 'Close the menu' : 'Open the menu'}
          />
          <Brand />
          {hasModes ? <ModeMark mode={frame.mode} /> : null}
          {props.headerExtra}
        </header>
        <nav className={classes.navbar} aria-label="Main" data-open={open || undefined}>
          <div style={{ padding: '4px 8px 12px' }}>
            <Brand />
          </div>
          {area === 'dashboard' ? <OrganizationMenu frame={frame} /> : null}
          {hasModes ? <ModeSwitch mode={frame.mode} /> : null}
          <SearchButton />
          <Navigation area={area} items={props.items} />
          {props.headerExtra ? <Box visibleFrom="sm">{props.extra}</Box> : props.extra}
          <div style={{ flex: 1 }} />
          <Divider my={6} color="var(--line)" />
          <UserMenu frame={frame} area={area} />
        </nav>
        <main
          className={classes.main}
          id="content"
          tabIndex={-1}
          data-mode={hasModes ? frame.mode : undefined}
        >
          {hasModes && frame.mode === 'test' ? <TestBanner area={area} /> : null}
          {frame.user.emailConfirmed ? null : <ConfirmBanner email={frame.user.email} />}
          <PageReady value={tellReady}>
            <RateProvider rate={rate}>{props.children}</RateProvider>
          </PageReady>
        </main>
      </div>
      <CommandPalette frame={frame} area={area} items={props.items} />
    </ShortcutsProvider>
  );
}

function Brand() {
  return (
    <Link href="/home" className={classes.brand} prefetch={false}>
      <Mark />
      HumanRail
    </Link>
  );
}

const AREA_NAMES = { dashboard: 'Dashboard', work: 'Work', ops: 'Operations' };

function Navigation({ area, items }: { area: keyof typeof AREA_NAMES; items: NavigationItem[] }) {
  const pathname = usePathname() ?? '';
  const router = useRouter();
  useShortcuts(
    items.flatMap(({ keys, label, href }) =>
      keys ? [{ keys, label, section: 'Go to', run: () => router.push(href) }] : [],
    ),
  );
  return (
    <nav aria-label={AREA_NAMES[area]}>
      <div className={classes.section}>{AREA_NAMES[area]}</div>
      {items.map((item) => {
        const active = item.exact
          ? pathname === item.href
          : pathname === item.href || pathname.startsWith(`${item.href}/`);
        return (
          <PromptLink
            key={item.href}
            href={item.href}
            className={classes.link}
            data-active={active || undefined}
            aria-current={active ? 'page' : undefined}
          >
            <Icon name={item.icon} />
            {item.label}
          </PromptLink>
        );
      })}
    </nav>
  );
}

/** The page's content in its column. `wide` for pages that work side by side. */
export function PageBody({ wide, children }: { wide?: boolean; children: ReactNode }) {
  usePageReady();
  return <div className={`${classes.content} ${wide ? classes.wide : ''}`}>{children}</div>;
}
