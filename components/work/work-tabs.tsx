'use client';

import { usePathname } from 'next/navigation';
import type { NavigationItem } from '@/components/ui/frame/navigation-item';
import { Icon } from '@/components/ui/icons';
import { PromptLink } from '@/components/ui/prompt-link';
import classes from './presence/presence.module.css';

/** The worker's pages within reach of a thumb; a task has its own bar there instead. */
export function WorkTabs({ items }: { items: NavigationItem[] }) {
  const pathname = usePathname() ?? '';
  if (pathname.startsWith('/work/tasks/')) return null;
  return (
    <>
      <div className={classes.room} />
      <nav className={classes.tabs} aria-label="Pages">
        {items.map((item) => {
          const active = item.exact ? pathname === item.href : pathname.startsWith(item.href);
          return (
            <PromptLink
              key={item.href}
              href={item.href}
              className={classes.tab}
              data-active={active || undefined}
              aria-current={active ? 'page' : undefined}
            >
              <Icon name={item.icon} size={20} />
              {item.label}
            </PromptLink>
          );
        })}
      </nav>
    </>
  );
}
