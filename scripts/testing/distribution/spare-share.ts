import { availableParallelism } from 'node:os';
import { runProgram } from '../../release/run-program';

const SPIN = `
const wall = performance.now();
const begun = process.cpuUsage();
while (performance.now() - wall < 400);
const { user, system } = process.cpuUsage(begun);
console.log((user + system) / 1000 / (performance.now() - wall));
`;

/**
 * What share of its processors the machine has for us, from 0 to 1: every one is kept busy for a moment.
 * Below 0.9 it works for others as well, and no time that something takes says much of it.
 */
export async function spareShare(): Promise<number> {
  const spins = Array.from({ length: availableParallelism() }, () =>
    runProgram(process.execPath, ['-e', SPIN]),
  );
  const shares = (await Promise.all(spins)).map(({ stdout }) => Number(stdout));
  return Math.min(1, ...shares);
}
