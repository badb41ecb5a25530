import { z } from 'zod';

/** Which facts to tell again: one, or all that keep failing. Browser-safe. */
export const SendAgain = z.strictObject({ id: z.uuid().nullable() });
export type SendAgain = z.infer<typeof SendAgain>;
