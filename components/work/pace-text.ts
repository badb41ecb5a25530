import { duration, sats } from '@/components/ui/values/humanise';

interface Pace {
  seconds: number;
  from: 'own' | 'everyone';
  satsPerHour: number;
}

/** How long a type takes, to half a minute where it takes minutes: `~40 s`, `~2.5 min`. */
export function paceText(pace: Pace | null): string {
  if (!pace) return 'Not known';
  if (pace.seconds < 60) return `~${Math.max(5, Math.round(pace.seconds / 5) * 5)} s`;
  if (pace.seconds < 3_600) return `~${Math.round(pace.seconds / 30) / 2} min`;
  return `~${duration(pace.seconds)}`;
}

/** What that comes to an hour. */
export function hourlyText(pace: Pace | null): string {
  return pace ? `${sats(pace.satsPerHour)}/h` : '';
}

/** Whose pace it is, in words. */
export function paceSource(pace: Pace | null): string {
  if (!pace) return 'Too few answers so far';
  return pace.from === 'own' ? 'Your own pace' : 'Everyone’s pace';
}
