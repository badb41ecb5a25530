'use client';

import { useEffect, useState } from 'react';
import { ago, clockText, duration } from './humanise';

/**
 * The browser's time, moved on each `everyMs`; null until the page runs in the browser, since the
 * server's rendering cannot know what second it will be read in.
 */
export function useNow(everyMs = 1_000): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** When it happened, as an age that keeps up; the exact time on hover. */
export function Age({ at }: { at: Date | string }) {
  const then = new Date(at);
  const now = useNow(5_000);
  return (
    <time dateTime={then.toISOString()} title={then.toISOString()} className="tabular">
      {now === null ? then.toISOString().slice(0, 16).replace('T', ' ') : ago(then, now)}
    </time>
  );
}

/** What is left until `until`, as a clock; turns red in the last `urgentSeconds`. */
export function Countdown({ until, urgentSeconds = 30 }: { until: Date; urgentSeconds?: number }) {
  const now = useNow(500);
  const left = now === null ? null : (until.getTime() - now) / 1000;
  const urgent = left !== null && left <= urgentSeconds;
  return (
    <time
      dateTime={until.toISOString()}
      className="tabular"
      style={urgent ? { color: 'var(--urgent-text)', fontWeight: 600 } : undefined}
    >
      {left === null ? '–:––' : clockText(left)}
    </time>
  );
}

/** How long it is until `at`, in words, as `in 2 d 4 h`; `now` once it is past. */
export function Until({ at }: { at: Date }) {
  const now = useNow(10_000);
  const left = now === null ? null : Math.floor((at.getTime() - now) / 60_000) * 60;
  return (
    <time dateTime={at.toISOString()} title={at.toISOString()} className="tabular">
      {left === null
        ? `by ${at.toISOString().slice(0, 16).replace('T', ' ')}`
        : left > 0
          ? `in ${duration(left)}`
          : 'now'}
    </time>
  );
}
