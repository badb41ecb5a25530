import type { ReactNode } from 'react';
import { Mark } from '@/components/ui/icons';
import classes from './auth.module.css';

/** The two-sided page of signing in and up; on small screens only the form's side. */
export function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <aside className={classes.side} aria-label="About HumanRail">
        <a href="/" className="brand">
          <Mark />
          HumanRail
        </a>
        <p className={classes.quote}>
          When an agent is unsure, a person answers, and the answer is verified before it comes
          back.
        </p>
        <p className={classes.sideNote}>Routed, verified, paid, and delivered.</p>
      </aside>
      <main className={classes.formSide}>
        <div className={classes.form}>
          <a href="/" className={`brand ${classes.smallBrand}`}>
            <Mark />
            HumanRail
          </a>
          {children}
        </div>
      </main>
    </div>
  );
}
