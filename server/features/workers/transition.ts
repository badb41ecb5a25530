import type { Prisma, Worker } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { tellPages } from './tell-pages';

/**
 * The only writer of a worker's status and vetting, by compare-and-set. Only who was let in can be
 * active, by a constraint, so that whoever hands out tasks looks at the status alone.
 */

interface Which {
  id: string;
  mode: Mode;
}

/**
 * Lets a worker in; null where that was done before, or where there is none. A worker who was let
 * in without being looked at counts as vetted from then on; a pause stays.
 */
export async function approve(tx: Tx, which: Which, reason: string): Promise<Worker | null> {
  const decided = { vettingReason: reason, vettedAt: clock.now() };
  return (
    (await change(
      tx,
      { ...which, vetting: { not: 'approved' } },
      { ...decided, vetting: 'approved', status: 'active' },
    )) ?? change(tx, { ...which, vetting: 'approved', vettedAt: null }, decided)
  );
}

/** Turns a worker away, also one who was let in; null where that was done before. */
export function reject(tx: Tx, which: Which, reason: string): Promise<Worker | null> {
  return change(
    tx,
    { ...which, vetting: { not: 'rejected' } },
    {
      vetting: 'rejected',
      status: 'paused',
      online: false,
      vettingReason: reason,
      vettedAt: clock.now(),
    },
  );
}

/** No task comes to the worker until somebody resumes it; null where nothing changed. */
export function pause(tx: Tx, which: Which): Promise<Worker | null> {
  return change(tx, { ...which, status: 'active' }, { status: 'paused', online: false });
}

/** Tasks may come again; null where nothing changed, or where the worker was never let in. */
export function resume(tx: Tx, which: Which): Promise<Worker | null> {
  return change(
    tx,
    { ...which, status: 'paused', vetting: 'approved', removedAt: null },
    { status: 'active' },
  );
}

/** Takes a worker out of their organization's pool; null where that was done before. */
export function takeOut(tx: Tx, which: Which): Promise<Worker | null> {
  return change(
    tx,
    { ...which, removedAt: null, poolOrganizationId: { not: null } },
    { status: 'paused', online: false, removedAt: clock.now(), version: { increment: 1 } },
  );
}

/** Takes in a worker who was taken out, into an organization's pool: it vouches for them. */
export function takeIn(
  tx: Tx,
  which: Which,
  terms: Pick<Worker, 'poolOrganizationId' | 'tier' | 'capacity'>,
): Promise<Worker | null> {
  return change(
    tx,
    { ...which, removedAt: { not: null } },
    { ...terms, status: 'active', vetting: 'approved', removedAt: null, version: { increment: 1 } },
  );
}

/** Lets in everybody who waits, once vetting is not required any more. */
export async function approveAllWaiting(tx: Tx): Promise<Worker[]> {
  const workers = await tx.worker.updateManyAndReturn({
    where: { vetting: 'waiting' },
    data: { vetting: 'approved', status: 'active', vettedAt: clock.now() },
  });
  await tellPages(tx, workers);
  return workers;
}

async function change(
  tx: Tx,
  where: Prisma.WorkerWhereInput,
  data: Prisma.WorkerUpdateManyMutationInput,
): Promise<Worker | null> {
  const [worker] = await tx.worker.updateManyAndReturn({ where, data });
  if (worker) await tellPages(tx, [worker]);
  return worker ?? null;
}
