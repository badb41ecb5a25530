import { z } from 'zod';

/** Which facts to tell again: one, or all that keep failing. Browser-safe. */
export const SendAgain = z.strictObject({ id: z.uuid().nullable() });
export type SendAgain = z.infer<typeof SendAgain>;

/** A run of the engine, by its id there. */
export const RunAgain = z.strictObject({ runId: z.string().regex(/^[0-9A-Za-z_-]{1,64}$/) });
