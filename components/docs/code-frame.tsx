import { type ComponentPropsWithoutRef, useId } from 'react';
import { Icon } from '@/components/ui/icons';
import { languageName } from './languages';
import classes from './prose.module.css';

export type CodeFrameProps = ComponentPropsWithoutRef<'pre'> & {
  'data-language'?: string;
  'data-title'?: string;
};

/** A block of code with its title and a button that copies it. */
export function CodeFrame({ children, ...props }: CodeFrameProps) {
  const id = useId();
  const title = props['data-title'];
  const language = languageName(props['data-language'] ?? 'text');
  const label = title ?? `${language} example`;
  return (
    <figure className={classes.code}>
      {title ? <figcaption>{title}</figcaption> : null}
      <section aria-label={label}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre {...props} id={id} tabIndex={0}>
          {children}
        </pre>
      </section>
      <button type="button" className={classes.copy} aria-label={`Copy ${label}`} data-copies={id}>
        <Icon name="copy" size={14} />
        <span role="status" suppressHydrationWarning />
      </button>
    </figure>
  );
}
