import type { ReactNode } from 'react';
import type { PageText } from '@/server/docs/page-text';
import { CopyPage } from './copy-page';
import classes from './docs.module.css';
import prose from './prose.module.css';

/** One page: its title, its text, what it holds, and the pages before and after it. */
export function DocsPage(props: {
  page: PageText;
  previous: PageText | undefined;
  next: PageText | undefined;
  children: ReactNode;
}) {
  const { page, previous, next } = props;
  const headings = page.sections.filter(({ level }) => level === 2 || level === 3);
  return (
    <>
      <main id="content" className={classes.article}>
        <header className={classes.title}>
          <p className={classes.chapter}>{page.chapter}</p>
          <h1>{page.title}</h1>
          <p className={classes.lead}>{page.description}</p>
          <p className={classes.asText}>
            <CopyPage href={`/docs/${page.slug}.md`} />
            <a href={`/docs/${page.slug}.md`}>View as Markdown</a>
          </p>
        </header>
        <div className={prose.prose}>{props.children}</div>
        <nav aria-label="Next pages" className={classes.onward}>
          {previous ? (
            <a href={`/docs/${previous.slug}`} rel="prev">
              <span>Previous</span>
              {previous.title}
            </a>
          ) : (
            <span />
          )}
          {next ? (
            <a href={`/docs/${next.slug}`} rel="next">
              <span>Next</span>
              {next.title}
            </a>
          ) : null}
        </nav>
      </main>
      {headings.length > 1 ? (
        <nav aria-label="On this page" className={classes.toc}>
          <h2>On this page</h2>
          <ul>
            {headings.map(({ id, title, level }) => (
              <li key={id} data-level={level}>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
    </>
  );
}
