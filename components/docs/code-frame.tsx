import type { ComponentPropsWithoutRef } from 'react';
import { CopyCode } from './copy-code';
import { languageName } from './languages';
import classes from './prose.module.css';

export type CodeFrameProps = ComponentPropsWithoutRef<'pre'> & {
  'data-language'?: string;
  'data-title'?: string;
};

/** A block of code with its title and a button that copies it. */
export function CodeFrame({ children, ...props }: CodeFrameProps) {
  const title = props['data-title'];
  const language = languageName(props['data-language'] ?? 'text');
  const label = title ?? `${language} example`;
  return (
    <figure className={classes.code}>
      {title ? <figcaption>{title}</figcaption> : null}
      <section aria-label={label}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre {...props} tabIndex={0}>
          {children}
        </pre>
      </section>
      <CopyCode label={label} />
    </figure>
  );
}
