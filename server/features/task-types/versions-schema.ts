import { z } from 'zod';
import { type PutTaskType, TypeName } from './schema';

/** Metadata of a saved version. */
export interface TaskTypeVersionSummary {
  version: number;
  /** A member's name, or another source such as `API key`. */
  savedBy: string;
  savedAt: Date;
  /** Whether it is the current version. */
  current: boolean;
}

/** A version with its content. */
export interface TaskTypeVersion extends TaskTypeVersionSummary {
  saved: PutTaskType;
}

export const RestoreTaskType = z.strictObject({
  type: TypeName,
  version: z.number().int().min(1),
  expected_version: z.number().int().min(0).optional(),
});
export type RestoreTaskType = z.infer<typeof RestoreTaskType>;
