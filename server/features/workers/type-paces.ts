import type { Mode } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { ANSWERS_MIN } from './pace';

/** How long a type takes and what it pays, over all workers. */
export interface TypeWage {
  type: string;
  /** The median own time; see `ownSeconds`. */
  seconds: number;
  /** The median hourly earnings of accepted answers, at what each was paid. */
  satsPerHour: number;
  /** The number of accepted answers used: at most twenty of each worker's latest. */
  answers: number;
}

/** The organization's types of a mode with enough answers, optionally only one of them. */
export async function listTypeWages(of: {
  organizationId: string;
  mode: Mode;
  type?: string | undefined;
}): Promise<TypeWage[]> {
  const { organizationId, mode, type } = of;
  return db.typePace.findMany({
    where: { organizationId, mode, ...(type ? { type } : {}), answers: { gte: ANSWERS_MIN } },
    select: { type: true, seconds: true, satsPerHour: true, answers: true },
  });
}
