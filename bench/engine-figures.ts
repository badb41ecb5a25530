import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Figure } from './figure';

interface EngineOutput {
  figures: {
    steps: number;
    runsPerSecond: number;
    stepsPerSecond: number;
    latencyP50Ms: number;
    latencyP95Ms: number;
  }[];
}

/** Runs `bench/engine.ts`, the engine as a separate process on its own Postgres, and reads its JSON. */
export async function measureEngine(floor: Figure): Promise<Figure[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/engine.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const line = output.split('\n').findLast((text) => text.startsWith('{'));
  if (code !== 0 || !line) throw new Error(`The engine could not be measured:\n${output}`);
  const { figures } = JSON.parse(line) as EngineOutput;
  return figures.flatMap(({ steps, runsPerSecond, stepsPerSecond, ...latency }): Figure[] => {
    const common = {
      unit: 'per second',
      floor: { name: floor.name, value: floor.value },
      p50Ms: latency.latencyP50Ms,
      p95Ms: latency.latencyP95Ms,
    } as const;
    const runs: Figure = {
      ...common,
      name: `engine: runs of ${steps} steps`,
      value: runsPerSecond,
      ratio: runsPerSecond / floor.value,
    };
    if (steps === 0) return [runs];
    return [
      runs,
      {
        ...common,
        name: `engine: steps, ${steps} a run`,
        value: stepsPerSecond,
        ratio: stepsPerSecond / floor.value,
      },
    ];
  });
}
