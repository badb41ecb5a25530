import { z } from 'zod';
import { RANGES } from './policy';

export type { Range } from './policy';

/** Inputs of the insight page. Browser-safe. */

export const InsightQuery = z.strictObject({
  range: z.enum(RANGES).default('30d'),
  /** One task type; defaults to all. */
  type: z.string().max(128).optional(),
});
export type InsightQuery = z.input<typeof InsightQuery>;

export const CalibrationQuery = InsightQuery.extend({
  /** The cost of a wrong answer in sats; defaults to ten times a task's average cost. */
  wrong_cost_sats: z.number().int().min(1).max(1_000_000_000).optional(),
});
export type CalibrationQuery = z.input<typeof CalibrationQuery>;

export const ModelsQuery = z.strictObject({
  /** The task type whose models to show. */
  type: z.string().min(1).max(128),
});
export type ModelsQuery = z.input<typeof ModelsQuery>;
