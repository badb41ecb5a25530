import { z } from 'zod';

/** Which outbox events to resend: one, or all that keep failing. Browser-safe. */
export const SendAgain = z.strictObject({ id: z.uuid().nullable() });
export type SendAgain = z.infer<typeof SendAgain>;

/** A run, by the engine's ID. */
export const RunAgain = z.strictObject({ runId: z.string().regex(/^[0-9A-Za-z_-]{1,64}$/) });
