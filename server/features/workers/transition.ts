import type { Prisma, Worker } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { tellPages } from './tell-pages';

/**
 * The only writer of a worker's status and vetting, by compare-and-set. A constraint ensures that
 * only approved workers are active, so that routing only needs to check the status.
 */

interface Which {
  id: string;
  mode: Mode;
}

/**
 * Approves a worker; null if already approved, or if there is none. A worker who needed no approval
 * counts as vetted from then on; a pause is kept.
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

/** Rejects a worker, including an approved one; null if already rejected. */
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

/** Pauses a worker, who gets no tasks until resumed; null if nothing changed. */
export function pause(tx: Tx, which: Which): Promise<Worker | null> {
  return change(tx, { ...which, status: 'active' }, { status: 'paused', online: false });
}

/** Resumes a worker; null if nothing changed, or if the worker was never approved. */
export function resume(tx: Tx, which: Which): Promise<Worker | null> {
  return change(
    tx,
    { ...which, status: 'paused', vetting: 'approved', removedAt: null },
    { status: 'active' },
  );
}

/** Removes a worker from their organization's pool; null if already removed. */
export function takeOut(tx: Tx, which: Which): Promise<Worker | null> {
  return change(
    tx,
    { ...which, removedAt: null, poolOrganizationId: { not: null } },
    { status: 'paused', online: false, removedAt: clock.now(), version: { increment: 1 } },
  );
}

/** Readmits a removed worker to an organization's pool, which vouches for them. */
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

/** Approves everyone who waits, once vetting is no longer required. */
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
