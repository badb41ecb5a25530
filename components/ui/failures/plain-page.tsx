import type { ReactNode } from 'react';
import { Drawing, PLAIN_DRAWINGS } from '@/components/ui/drawing';
import classes from './plain-page.module.css';

interface PlainMessageProps {
  icon: keyof typeof PLAIN_DRAWINGS;
  title: string;
  children: ReactNode;
  /** Links and buttons; the first one is the main one. */
  actions: ReactNode;
}

/** A message that takes the place of what cannot be shown. It needs no component library, so that it shows wherever it is. */
export function PlainMessage(props: PlainMessageProps) {
  return (
    <div className={classes.page}>
      <div className={classes.icon}>
        <Drawing>{PLAIN_DRAWINGS[props.icon]}</Drawing>
      </div>
      <div>
        <h1>{props.title}</h1>
        <p>{props.children}</p>
      </div>
      <div className={classes.actions}>{props.actions}</div>
    </div>
  );
}

/** The same in place of a whole page. */
export function PlainPage(props: PlainMessageProps) {
  return (
    <main>
      <PlainMessage {...props} />
    </main>
  );
}
