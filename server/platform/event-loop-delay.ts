import { monitorEventLoopDelay } from 'node:perf_hooks';
import { processWide } from './process-wide';

const SAMPLE_MS = 20;
const MS_PER_SECOND = 1_000;
const NS_PER_SECOND = 1e9;

/** Starts with the process, so that delays before the first query count as well. */
export function watchEventLoop() {
  return processWide('metrics.event-loop', () => {
    const histogram = monitorEventLoopDelay({ resolution: SAMPLE_MS });
    histogram.enable();
    return histogram;
  });
}

/** The event loop delay since the start, 99th percentile, in seconds. */
export function eventLoopDelaySeconds(): number {
  const histogram = watchEventLoop();
  if (histogram.count === 0) return 0;
  // Samples measure the time between ticks, so on-time samples equal the interval.
  return Math.max(0, histogram.percentile(99) / NS_PER_SECOND - SAMPLE_MS / MS_PER_SECOND);
}
