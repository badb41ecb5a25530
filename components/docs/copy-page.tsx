import classes from './docs.module.css';

/** Copies the whole page as Markdown, for a conversation with a model. */
export function CopyPage({ href }: { href: string }) {
  return (
    <button type="button" className={classes.textButton} data-copies-page={href}>
      <span role="status" suppressHydrationWarning>
        Copy page
      </span>
    </button>
  );
}
