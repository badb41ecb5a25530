import { type ComponentPropsWithoutRef, Fragment } from 'react';
import { CodeFrame } from './code-frame';
import { CodeTabs } from './code-tabs';
import { LiveForm } from './live-form/live-form';
import classes from './prose.module.css';
import { TaskTrace } from './task-trace/task-trace';
import { TryIt } from './try-it/try-it';

/** A heading that links to itself. */
function heading(Tag: 'h2' | 'h3' | 'h4') {
  return function Heading({ id, children, ...rest }: ComponentPropsWithoutRef<typeof Tag>) {
    return (
      <Tag id={id} {...rest}>
        <a className={classes.anchor} href={`#${id}`}>
          {children}
        </a>
      </Tag>
    );
  };
}

/** A table that scrolls by itself where the page is narrow, by keyboard as well. */
function WideTable(props: ComponentPropsWithoutRef<'table'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.table} aria-label="Table" tabIndex={0}>
      <table {...props} />
    </section>
  );
}

const FIELD_NAME = /^[\w-]+(\[\])?(\.[\w-]+(\[\])?)+$/;

/** A field's name may break before a dot, and nowhere else. */
function Code({ children, ...rest }: ComponentPropsWithoutRef<'code'>) {
  if (typeof children !== 'string' || !FIELD_NAME.test(children)) {
    return <code {...rest}>{children}</code>;
  }
  const [first, ...others] = children.split('.');
  return (
    <code {...rest}>
      {first}
      {others.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name stay where they are
        <Fragment key={i}>
          <wbr />.{part}
        </Fragment>
      ))}
    </code>
  );
}

/** What the tags of a page become. */
export const docsComponents = {
  code: Code,
  h2: heading('h2'),
  h3: heading('h3'),
  h4: heading('h4'),
  pre: CodeFrame,
  table: WideTable,
  CodeTabs,
  LiveForm,
  TaskTrace,
  TryIt,
};
