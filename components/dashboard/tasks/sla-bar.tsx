'use client';

import { duration } from '@/components/ui/values/humanise';
import { useNow } from '@/components/ui/values/now';
import classes from './tasks.module.css';

interface SlaBarProps {
  createdAt: Date;
  completedAt: Date | null;
  slaSeconds: number;
}

/** At this share of the SLA a backup worker is called in. */
const BACKUP_SHARE = 0.8;

/** How much of its time a task has used: so far, or when it ended. The words say it, the bar shows it. */
export function SlaBar({ createdAt, completedAt, slaSeconds }: SlaBarProps) {
  const now = useNow(1_000);
  const end = completedAt?.getTime() ?? now;
  const used = end === null ? null : Math.max(0, (end - createdAt.getTime()) / 1_000);
  const share = used === null ? 0 : Math.min(1, used / slaSeconds);
  const pace = share >= 1 ? 'over' : share >= BACKUP_SHARE ? 'late' : 'fine';
  return (
    <span className={classes.sla}>
      <span className="tabular">
        {used === null ? '–' : brief(used)}
        <span className="soft"> of {brief(slaSeconds)}</span>
      </span>
      <span className={classes.slaTrack} aria-hidden="true">
        <span
          className={classes.slaFill}
          data-pace={pace}
          data-open={completedAt === null || undefined}
          style={{ width: `${Math.max(2, share * 100)}%` }}
        />
      </span>
    </span>
  );
}

/** The largest unit that matters, and for minutes the seconds too. */
function brief(seconds: number): string {
  return duration(seconds)
    .replace(/ min 0 s$/, ' min')
    .replace(/ h 0 min$/, ' h');
}
