import classes from './docs.module.css';

export interface MenuPage {
  slug: string;
  title: string;
  chapter: string;
}

/** The pages by chapter, with the one that is open marked. */
export function DocsMenu(props: { pages: MenuPage[]; open: string; label: string }) {
  const { pages, open, label } = props;
  const chapters = [...new Set(pages.map(({ chapter }) => chapter))];
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
                  <a href={`/docs/${slug}`} aria-current={slug === open ? 'page' : undefined}>
                    {title}
                  </a>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
