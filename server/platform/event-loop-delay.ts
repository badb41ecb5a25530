import { monitorEventLoopDelay } from 'node:perf_hooks';
import { processWide } from './process-wide';

const SAMPLE_MS = 20;
const MS_PER_SECOND = 1_000;
const NS_PER_SECOND = 1e9;

/** Starts when the process does; what happened before the first question counts as well. */
export function watchEventLoop() {
  return processWide('metrics.event-loop', () => {
    const histogram = monitorEventLoopDelay({ resolution: SAMPLE_MS });
    histogram.enable();
    return histogram;
  });
}

/** How late the samples' timer ran, 99th percentile since the start, in seconds. */
export function eventLoopDelaySeconds(): number {
  const histogram = watchEventLoop();
  if (histogram.count === 0) return 0;
  // Samples are times from one tick to the next, so those on time are as long as the interval.
  return Math.max(0, histogram.percentile(99) / NS_PER_SECOND - SAMPLE_MS / MS_PER_SECOND);
}
