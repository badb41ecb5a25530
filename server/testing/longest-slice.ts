import { processorFile, processorMs } from '@/server/platform/threads/processor-time';

/** Milliseconds of processor time of this thread, so that a busy machine does not count. */
function threadMs(file: string | null): number {
  return processorMs(file) ?? performance.now();
}

/** The longest time that the event loop was held at once while `work` went on, in milliseconds. */
export async function longestSlice(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  const file = processorFile();
  let before = threadMs(file);
  const look = () => {
    const now = threadMs(file);
    longest = Math.max(longest, now - before);
    before = now;
  };
  const timer = setInterval(look, 1);
  await work();
  look();
  clearInterval(timer);
  return longest;
}
