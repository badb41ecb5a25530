import { processorFile, processorMs } from '@/server/platform/threads/processor-time';

/** CPU time of this thread in milliseconds, so that load on the machine does not count. */
function threadMs(file: string | null): number {
  return processorMs(file) ?? performance.now();
}

/** The longest time that `work` blocked the event loop, in milliseconds. */
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
