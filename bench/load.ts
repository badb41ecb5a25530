import autocannon from 'autocannon';
import { type Figure, median } from './figure';

/** One kind of request. */
export interface Target {
  name: string;
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** How many items one request handles, such as the tasks of a batch; default 1. */
  things?: number;
  aim?: string;
}

export interface LoadOptions {
  connections: number;
  /** Length of one round, in seconds. */
  seconds: number;
  rounds: number;
}

interface Round {
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
}

/**
 * Measures targets alternately, round by round, so that other load on the machine affects all of
 * them; each figure is the median round, and its ratio the median of the rounds' ratios to the
 * first target, the floor.
 * @throws Error if a target returns anything but 2xx.
 */
export async function measureTargets(
  targets: readonly [Target, ...Target[]],
  options: LoadOptions,
): Promise<Figure[]> {
  for (const target of targets) await run(target, { ...options, seconds: options.seconds * 2 });
  const rounds = new Map<Target, Round[]>(targets.map((target) => [target, []]));
  for (let round = 0; round < options.rounds; round++) {
    for (const target of targets) rounds.get(target)?.push(await run(target, options));
  }
  const floorRounds = rounds.get(targets[0]) ?? [];
  const floor = figureOf(targets[0], floorRounds);
  const others = targets.slice(1).map((target): Figure => {
    const own = rounds.get(target) ?? [];
    const ratio = median(
      own.map((round, at) => round.perSecond / (floorRounds[at]?.perSecond ?? Number.NaN)),
    );
    return {
      ...figureOf(target, own),
      floor: { name: floor.name, value: floor.value },
      ratio,
    };
  });
  return [floor, ...others];
}

function figureOf({ name, aim }: Target, rounds: readonly Round[]): Figure {
  return {
    name,
    unit: 'per second',
    value: median(rounds.map((round) => round.perSecond)),
    p50Ms: median(rounds.map((round) => round.p50Ms)),
    p95Ms: median(rounds.map((round) => round.p95Ms)),
    ...(aim ? { aim } : {}),
  };
}

async function run(target: Target, { connections, seconds }: LoadOptions): Promise<Round> {
  const latencies: number[] = [];
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url: target.url,
        method: target.method ?? 'GET',
        connections,
        duration: seconds,
        ...(target.headers ? { headers: target.headers } : {}),
        ...(target.body === undefined ? {} : { body: target.body }),
      },
      (error: Error | null, done) => (error ? reject(error) : resolve(done)),
    );
    instance.on('response', (_client, _status, _bytes, ms) => latencies.push(ms));
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${target.name}: ${result.non2xx} answers were not 2xx, ${result.errors} failed; the figure would mean nothing.`,
    );
  }
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  return {
    perSecond: (result.requests.total * (target.things ?? 1)) / result.duration,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
  };
}
