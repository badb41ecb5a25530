'use client';

import { type ComponentPropsWithoutRef, type ReactNode, useId, useState } from 'react';
import classes from './plain.module.css';

/** What the sign-in page is made of: it does without the component library, which is larger than all of the page. */

/** A field with its label above. */
export function PlainField({
  label,
  ...input
}: ComponentPropsWithoutRef<'input'> & { label: string }) {
  const id = useId();
  return (
    <div className={classes.field}>
      <label htmlFor={id}>{label}</label>
      <input id={id} className={classes.input} {...input} />
    </div>
  );
}

/** A field for a password, which can be shown. */
export function PlainPassword({
  label,
  ...input
}: ComponentPropsWithoutRef<'input'> & { label: string }) {
  const [isShown, setShown] = useState(false);
  return (
    <div className={classes.password}>
      <PlainField label={label} type={isShown ? 'text' : 'password'} {...input} />
      {/* For those who point: who types by keyboard need not pass it on each way through the form. */}
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        className={classes.show}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? 'Hide' : 'Show'}
      </button>
    </div>
  );
}

/** A button as wide as the form; `isMain` is the one that Enter presses. */
export function PlainButton({
  busy = false,
  isMain = false,
  ...button
}: ComponentPropsWithoutRef<'button'> & { busy?: boolean; isMain?: boolean }) {
  return (
    <button
      type="button"
      className={isMain ? classes.mainButton : classes.button}
      aria-busy={busy}
      {...button}
    />
  );
}

/** What went wrong and belongs to no field; or with `role="status"`, what there is to know. */
export function PlainNote({ role, children }: { role: 'alert' | 'status'; children: ReactNode }) {
  if (!children) return null;
  return (
    <p role={role} className={role === 'alert' ? classes.fault : classes.note}>
      {children}
    </p>
  );
}
