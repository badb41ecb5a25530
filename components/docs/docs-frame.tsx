import Link from 'next/link';
import type { ReactNode } from 'react';
import { Icon, Mark } from '@/components/ui/icons';
import { ColoursButton } from './colours-button';
import classes from './docs.module.css';
import { DocsMenu, type MenuPage } from './docs-menu';
import { DocsSearch } from './docs-search';

/** What stands around every page of the documentation. It does without the component library. */
export function DocsFrame(props: { pages: MenuPage[]; children: ReactNode }) {
  return (
    <div className={classes.frame}>
      <a href="#content" className="skip-link">
        Skip to content
      </a>
      <header className={classes.bar}>
        <Link href="/" className={classes.brand} prefetch={false}>
          <Mark />
          HumanRail
        </Link>
        <span className={classes.area}>Docs</span>
        <div className={classes.barEnd}>
          <DocsSearch />
          <ColoursButton />
          <a className={`${classes.barLink} when-signed-in`} href="/home">
            Dashboard
          </a>
          <a className={`${classes.barLink} when-signed-out`} href="/sign-in">
            Sign in
          </a>
        </div>
      </header>
      <div className={classes.columns}>
        <details className={classes.fold}>
          <summary>
            <Icon name="list" /> All pages
          </summary>
          <DocsMenu pages={props.pages} label="All pages" />
        </details>
        <aside className={classes.side}>
          <DocsMenu pages={props.pages} label="Documentation" />
        </aside>
        {props.children}
      </div>
    </div>
  );
}
