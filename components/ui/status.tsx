import classes from './surface.module.css';
import { humanise } from './values/humanise';

/** Colour helps to scan; the word says it, so nobody depends on the colour. */
const COLOURS: Record<string, string> = {
  posted: 'var(--mantine-color-gray-5)',
  assigned: 'var(--mantine-color-blue-5)',
  active: 'var(--mantine-color-blue-5)',
  offered: 'var(--mantine-color-orange-5)',
  submitted: 'var(--mantine-color-violet-5)',
  pending: 'var(--mantine-color-violet-5)',
  held: 'var(--mantine-color-blue-5)',
  waiting: 'var(--mantine-color-orange-5)',
  online: 'var(--mantine-color-rail-5)',
  right: 'var(--mantine-color-rail-5)',
  wrong: 'var(--mantine-color-red-6)',
  sending: 'var(--mantine-color-violet-5)',
  verified: 'var(--mantine-color-rail-5)',
  accepted: 'var(--mantine-color-rail-5)',
  upheld: 'var(--mantine-color-rail-5)',
  dismissed: 'var(--mantine-color-red-6)',
  open: 'var(--mantine-color-violet-5)',
  delivered: 'var(--mantine-color-rail-5)',
  sent: 'var(--mantine-color-rail-5)',
  enabled: 'var(--mantine-color-rail-5)',
  on: 'var(--mantine-color-rail-5)',
  on_time: 'var(--mantine-color-rail-5)',
  late: 'var(--mantine-color-orange-6)',
  failing: 'var(--mantine-color-red-6)',
  registered: 'var(--mantine-color-rail-5)',
  registering: 'var(--mantine-color-orange-5)',
  forgotten: 'var(--mantine-color-orange-6)',
  unreachable: 'var(--mantine-color-red-6)',
  paid: 'var(--mantine-color-rail-5)',
  settled: 'var(--mantine-color-rail-5)',
  reserved: 'var(--mantine-color-violet-5)',
  unknown: 'var(--mantine-color-red-6)',
  stuck: 'var(--mantine-color-orange-6)',
  held_back: 'var(--mantine-color-orange-5)',
  pass: 'var(--mantine-color-rail-5)',
  failed: 'var(--mantine-color-red-6)',
  rejected: 'var(--mantine-color-red-6)',
  reject: 'var(--mantine-color-red-6)',
  // Not decided: more answers are asked for, or a person is.
  need_vote: 'var(--mantine-color-violet-5)',
  need_review: 'var(--mantine-color-orange-8)',
  disabled: 'var(--mantine-color-orange-6)',
  suspended: 'var(--mantine-color-orange-6)',
  revoked: 'var(--mantine-color-red-6)',
  expired: 'var(--mantine-color-orange-6)',
};

/** A status as a dot and its word. */
export function Status({ value }: { value: string }) {
  const colour = COLOURS[value] ?? 'var(--mantine-color-gray-5)';
  return (
    <span className={classes.status}>
      <span className={classes.dot} style={{ '--dot': colour } as React.CSSProperties} />
      {humanise(value)}
    </span>
  );
}
