import { z } from 'zod';
import { RANGES } from './policy';

export type { Range } from './policy';

/** What the insight page asks for. Browser-safe. */

export const InsightQuery = z.strictObject({
  range: z.enum(RANGES).default('30d'),
  /** One task type; all of them unless told. */
  type: z.string().max(128).optional(),
});
export type InsightQuery = z.input<typeof InsightQuery>;

export const CalibrationQuery = InsightQuery.extend({
  /** What a wrong answer costs, in sats; ten times what a task costs on average unless told. */
  wrong_cost_sats: z.number().int().min(1).max(1_000_000_000).optional(),
});
export type CalibrationQuery = z.input<typeof CalibrationQuery>;

export const ModelsQuery = z.strictObject({
  /** The task type whose models are asked for. */
  type: z.string().min(1).max(128),
});
export type ModelsQuery = z.input<typeof ModelsQuery>;
