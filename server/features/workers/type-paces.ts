import type { Mode } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { ANSWERS_MIN } from './pace';

/** What is known of how long a type takes and what it pays, over all workers. */
export interface TypeWage {
  type: string;
  /** The median of own time, see `ownSeconds`. */
  seconds: number;
  /** The median of what accepted answers came to an hour, at what each of them paid. */
  satsPerHour: number;
  /** Accepted answers that it rests on: at most twenty of each worker's latest. */
  answers: number;
}

/** The organization's types of a mode with enough answers to say; all of them unless one is named. */
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
