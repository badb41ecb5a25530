'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import classes from './docs.module.css';

export interface MenuPage {
  slug: string;
  title: string;
  chapter: string;
}

/** The pages by chapter, with the one that is open marked. */
export function DocsMenu({ pages, label }: { pages: MenuPage[]; label: string }) {
  const path = usePathname();
  const chapters = [...new Set(pages.map(({ chapter }) => chapter))];
  // A menu folded over the page closes by itself once a page is chosen.
  const close = (element: HTMLElement) => element.closest('details')?.removeAttribute('open');
  return (
    <nav aria-label={label} className={classes.menu}>
      {chapters.map((chapter) => (
        <div key={chapter}>
          <h2>{chapter}</h2>
          <ul>
            {pages
              .filter((page) => page.chapter === chapter)
              .map(({ slug, title }) => (
                <li key={slug}>
                  <Link
                    href={`/docs/${slug}`}
                    prefetch={false}
                    aria-current={path === `/docs/${slug}` ? 'page' : undefined}
                    onClick={(event) => close(event.currentTarget)}
                  >
                    {title}
                  </Link>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
