import Link from 'next/link';
import type { ReactNode } from 'react';
import { Icon, Mark } from '@/components/ui/icons';
import classes from './account.module.css';

/** The frame of pages that are a person's own, whatever they do here. */
export function AccountFrame({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <header className={classes.bar}>
        <Link href="/home" prefetch={false} className={classes.brand}>
          <Mark />
          HumanRail
        </Link>
        <Link href="/home" prefetch={false} className={classes.back}>
          <Icon name="back" />
          Back to work
        </Link>
      </header>
      <main>{children}</main>
    </div>
  );
}
