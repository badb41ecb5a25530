import { Badge, Text } from '@mantine/core';
import { Age } from '@/components/ui/values/now';
import type { Gold } from '@/server/features/golds/schema';
import classes from '../task-types/task-types.module.css';

const STATES: Record<Gold['health']['state'], { label: string; color: string }> = {
  unknown: { label: 'Too few answers', color: 'gray' },
  healthy: { label: 'Healthy', color: 'rail' },
  watch: { label: 'Look at it', color: 'orange' },
  retire: { label: 'Better retired', color: 'red' },
};

const FAULTS: Record<NonNullable<Gold['retiredFor']>, string> = {
  overturned: 'A worker disagreed with it and was right.',
  best_disagree: 'Workers who are right on your other golds gave another answer.',
  misleads: 'Workers who are better elsewhere are worse at this one.',
};

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** How it fares: the share that is right, and how well it tells good workers from others. */
export function HealthFigures({ health }: Pick<Gold, 'health'>) {
  return (
    <>
      <div className={classes.figure}>
        {health.served === 0 ? 'Not served yet' : `${percent(health.share)} right`}
        <small>
          {health.served === 0
            ? ''
            : `of ${health.served}, ${percent(health.lower)}–${percent(health.upper)}`}
        </small>
      </div>
      <div className={classes.figure}>
        <Badge color={STATES[health.state].color}>{STATES[health.state].label}</Badge>
        {health.discrimination === null ? null : (
          <small>
            better workers {percent(health.discrimination)} more often right
            {health.agreementOfBest === null
              ? ''
              : `, ${percent(health.agreementOfBest)} of the best agree`}
          </small>
        )}
        {health.overturned > 0 ? <small>overturned {health.overturned} times</small> : null}
      </div>
    </>
  );
}

/** Why it retired itself, or that somebody has vouched for it since. */
export function OwnRetirement({
  gold: { retiredFor, retiredAt, withdrawn, vouchedAt },
}: {
  gold: Gold;
}) {
  if (retiredFor) {
    return (
      <Text size="sm" mt={4}>
        It retired itself: {FAULTS[retiredFor]} Its answers count for and against nobody. Bring it
        back to vouch for it.
      </Text>
    );
  }
  if (withdrawn) {
    return (
      <Text size="sm" mt={4}>
        An operator of this instance withdrew it: its answers count for and against nobody. The
        audit log says why. Bring it back to vouch for it.
      </Text>
    );
  }
  if (!vouchedAt || retiredAt) return null;
  return (
    <Text size="xs" c="dimmed">
      Vouched for <Age at={vouchedAt.toISOString()} />; its health is judged by answers since.
    </Text>
  );
}
