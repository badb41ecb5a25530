import type { ReactNode } from 'react';
import { Icon, Mark } from '@/components/ui/icons';
import { ColoursButton } from './colours-button';
import classes from './docs.module.css';
import { DocsMenu, type MenuPage } from './docs-menu';
import { DocsSearch } from './docs-search';
import { PAGE_SCRIPT } from './page-script';

/**
 * What stands around every page of the documentation. It does without the component library, and without React until something
 * is used that needs it (`page-script.ts`): the build sends it `data-later`.
 */
export function DocsFrame(props: { pages: MenuPage[]; open: string; children: ReactNode }) {
  return (
    <div className={classes.frame} data-later>
      <script
        // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours
        dangerouslySetInnerHTML={{ __html: PAGE_SCRIPT }}
      />
      <a href="#content" className="skip-link">
        Skip to content
      </a>
      <header className={classes.bar}>
        <a href="/" className="brand">
          <Mark />
          HumanRail
        </a>
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
          <DocsMenu pages={props.pages} open={props.open} label="All pages" />
        </details>
        <aside className={classes.side}>
          <DocsMenu pages={props.pages} open={props.open} label="Documentation" />
        </aside>
        {props.children}
      </div>
    </div>
  );
}
