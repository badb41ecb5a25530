import { z } from 'zod';
import { type PutTaskType, TypeName } from './schema';

/** Who saved which version of a type, and when. */
export interface TaskTypeVersionSummary {
  version: number;
  /** A member's name, or what else saved it, such as `API key`. */
  savedBy: string;
  savedAt: Date;
  /** Whether it is what applies now. */
  current: boolean;
}

/** A version with all that it says. */
export interface TaskTypeVersion extends TaskTypeVersionSummary {
  saved: PutTaskType;
}

export const RestoreTaskType = z.strictObject({
  type: TypeName,
  version: z.number().int().min(1),
  expected_version: z.number().int().min(0).optional(),
});
export type RestoreTaskType = z.infer<typeof RestoreTaskType>;
