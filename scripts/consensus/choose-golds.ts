import { seededRandom, shuffled } from '@/server/features/verification/consensus';
import { UsageError } from './read-votes';

/**
 * The tasks whose true label the estimate knows. `0.1` picks a random tenth, `every:10` rows 0, 10,
 * 20 … of the file, `none` nothing.
 */
export function chooseGolds(how: string, tasks: readonly string[], seed: number): Set<string> {
  const [, step] = /^every:(\d+)$/.exec(how) ?? [];
  if (step && Number(step) > 0) return new Set(tasks.filter((_, row) => row % Number(step) === 0));
  if (how === 'none') return new Set();
  const share = Number(how);
  if (!(share >= 0 && share < 1)) {
    throw new UsageError(
      `--gold is a share such as 0.1, every:N such as every:10, or none, not "${how}".`,
    );
  }
  const count = Math.round(tasks.length * share);
  return new Set(shuffled(tasks, seededRandom(seed)).slice(0, count));
}
