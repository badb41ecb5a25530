import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons';
import classes from './plain-page.module.css';

/** A message that takes a page's place and needs no component library, so that it shows wherever it is. */
export function PlainPage(props: {
  icon: IconName;
  title: string;
  children: ReactNode;
  /** Links and buttons; the first one is the main one. */
  actions: ReactNode;
}) {
  return (
    <main className={classes.page}>
      <div className={classes.icon}>
        <Icon name={props.icon} />
      </div>
      <div>
        <h1>{props.title}</h1>
        <p>{props.children}</p>
      </div>
      <div className={classes.actions}>{props.actions}</div>
    </main>
  );
}
