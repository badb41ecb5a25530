'use client';

import { type ComponentType, type ReactNode, useEffect, useRef, useState } from 'react';
import classes from './live-form.module.css';

type Desk = ComponentType<{ schemaText: string }>;

const UNREACHABLE =
  'The form could not be fetched. Load the page anew to try it here, or use the Playground of the dashboard.';

/** How far below the window the form is fetched already. */
const AHEAD = '300px';
/**
 * Where the form will stand. It is as heavy as a page of its own, so it is fetched when it comes into
 * view; until then, and where that fails, the schema stands here as any block of code.
 */
export function LiveFormPlace(props: { schemaText: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [desk, setDesk] = useState<{ Desk: Desk } | 'unreachable' | null>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        import('./live-form-desk').then(
          ({ LiveFormDesk }) => setDesk({ Desk: LiveFormDesk }),
          () => setDesk('unreachable'),
        );
      },
      { rootMargin: AHEAD },
    );
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  if (desk && desk !== 'unreachable') return <desk.Desk schemaText={props.schemaText} />;
  return (
    <div ref={place} data-wakes="seen">
      {props.children}
      <p
        className={classes.waiting}
        role="status"
        data-fault={UNREACHABLE}
        suppressHydrationWarning
      >
        {desk === 'unreachable' ? UNREACHABLE : 'The form appears here.'}
      </p>
    </div>
  );
}
