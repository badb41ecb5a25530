import Link from 'next/link';
import type { ReactNode } from 'react';
import { Icon, Mark } from '@/components/ui/icons';
import { styleVariables } from '@/components/ui/palette-values';
import { ColoursButton } from './colours-button';
import classes from './docs.module.css';
import { DocsMenu, type MenuPage } from './docs-menu';
import { DocsSearch } from './docs-search';
import { LanguageScript } from './language-script';

/** What stands around every page of the documentation. It does without the component library. */
export function DocsFrame(props: {
  pages: MenuPage[];
  isSignedIn: boolean;
  nonce: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className={classes.frame}>
      <style
        nonce={props.nonce}
        suppressHydrationWarning
        // As text, React would escape the quotes of the fonts' names.
        // biome-ignore lint/security/noDangerouslySetInnerHtml: constants of ours
        dangerouslySetInnerHTML={{ __html: styleVariables() }}
      />
      <LanguageScript nonce={props.nonce} />
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
          <a className={classes.barLink} href={props.isSignedIn ? '/home' : '/sign-in'}>
            {props.isSignedIn ? 'Dashboard' : 'Sign in'}
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
