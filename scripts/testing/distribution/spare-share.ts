import { availableParallelism } from 'node:os';
import { runProgram } from '../../launcher/run-program';

const SPIN = `
const wall = performance.now();
const begun = process.cpuUsage();
while (performance.now() - wall < 400);
const { user, system } = process.cpuUsage(begun);
console.log((user + system) / 1000 / (performance.now() - wall));
`;

/**
 * The share of its CPUs that the machine has for us, from 0 to 1, measured by keeping each busy for
 * a moment. Below 0.9 the machine is loaded, and durations are not meaningful.
 */
export async function spareShare(): Promise<number> {
  const spins = Array.from({ length: availableParallelism() }, () =>
    runProgram(process.execPath, ['-e', SPIN]),
  );
  const shares = (await Promise.all(spins)).map(({ stdout }) => Number(stdout));
  return Math.min(1, ...shares);
}
