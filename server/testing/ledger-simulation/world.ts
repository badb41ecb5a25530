import { pick, type Random } from '@/server/features/sandbox/random';
import type { Mode } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { createKey, createOrganization, createWorker } from '@/server/testing/factories';
import { Model } from './model';
import { StepTransactions } from './step-transactions';

/** The context of a simulation's actions: owners of its own, and a model of the expected books. */
export interface World {
  mode: Mode;
  random: Random;
  model: Model;
  organizations: readonly { id: string; keys: readonly string[] }[];
  workers: readonly string[];
  /** The rail for incoming and outgoing sats. */
  rail: string;
  /** The day on which tasks are created. */
  now: Date;
  steps: StepTransactions;
  /** The owner's name, the same in every run of the seed. */
  nameOf(id: string): string;
}

/** A random action, using the ledger's own functions; the model records the expected result. */
export interface Action {
  name: string;
  /** Relative frequency. */
  weight: number;
  /**
   * Performs it once, with values drawn from the world's random numbers.
   * @returns its outcome; throws if the ledger deviates from the model.
   */
  run(world: World): Promise<'done' | 'refused' | 'nothing to do'>;
}

const ORGANIZATIONS = 3;
const WORKERS = 4;
const KEYS = 2;

export async function createWorld(random: Random): Promise<World> {
  const mode = 'test';
  const organizations = [];
  for (let n = 0; n < ORGANIZATIONS; n++) {
    const organization = await createOrganization({ funds: 0n });
    const keys = [];
    for (let k = 0; k < KEYS; k++) keys.push((await createKey(organization, mode)).id);
    organizations.push({ id: organization.id, keys });
  }
  const workers: string[] = [];
  for (let n = 0; n < WORKERS; n++) {
    const { id } = await createWorker({ mode, rail: 'sandbox', online: false });
    await db.worker.update({ where: { id }, data: { payoutTiming: 'on_withdrawal' } });
    workers.push(id);
  }
  const rail = `rail-${newId()}`;
  const names = new Map([
    [rail, 'rail'],
    ...workers.map((id, n) => [id, `worker-${n}`] as const),
    ...organizations.flatMap(({ id, keys }, n) => [
      [id, `organization-${n}`] as const,
      ...keys.map((key, k) => [key, `organization-${n}-key-${k}`] as const),
    ]),
  ]);
  return {
    ...{
      mode,
      random,
      model: new Model(),
      steps: new StepTransactions(),
      organizations,
      workers,
      rail,
    },
    now: new Date(Date.UTC(2026, 0, 14, 12)),
    nameOf: (id) => names.get(id) ?? id,
  };
}

/** A random amount from `min` to `max`, inclusive. */
export function satsBetween(random: Random, min: number, max: number): bigint {
  return BigInt(min + Math.floor(random() * (max - min + 1)));
}

/** Removes and returns a random item; undefined if there is none. */
export function takeAny<T>(random: Random, items: T[]): T | undefined {
  if (items.length === 0) return undefined;
  return items.splice(Math.floor(random() * items.length), 1)[0];
}

export function anyOf<T>(random: Random, items: readonly T[]): T | undefined {
  return items.length === 0 ? undefined : pick(random, items);
}

/** @throws Error if the result is not the expected one. */
export function assertSame(what: string, found: unknown, expected: unknown): void {
  if (found === expected) return;
  throw new Error(`${what} came to ${String(found)}, where the model says ${String(expected)}.`);
}

/** The error a promise was rejected with; null if it was not. */
export function refusalOf(work: Promise<unknown>): Promise<Error | null> {
  return work.then(
    () => null,
    (error: Error) => error,
  );
}
