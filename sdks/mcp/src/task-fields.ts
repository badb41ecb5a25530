import { z } from 'zod';

/**
 * Arguments that several tools share, in the API's names. Ranges are validated by the API, whose
 * errors are more specific than a schema's.
 */

export const JsonSchemaArgument = z
  .record(z.string(), z.unknown())
  .describe('JSON Schema of the answer.');

export const TaskId = z.string().min(1).describe("The task's id.");

/** Optional settings of the work, in addition to the question. */
export const workFields = {
  payout_sats: z.int().optional().describe('Sats for each accepted answer, 1 to 10,000,000.'),
  sla_seconds: z
    .int()
    .optional()
    .describe('Seconds until the task expires, 30 to 86,400; 600 unless told.'),
  skills_required: z
    .array(z.string())
    .optional()
    .describe('Skills that the worker must hold, all of them.'),
  risk_tier: z
    .enum(['low', 'medium', 'high', 'critical'])
    .optional()
    .describe('How much hangs on the answer: high and critical ask several people.'),
  instructions: z.string().optional().describe('Guidance for the worker, as Markdown.'),
};

interface WorkArguments {
  payout_sats?: number;
  sla_seconds?: number;
  skills_required?: string[];
  risk_tier?: 'low' | 'medium' | 'high' | 'critical';
  instructions?: string;
}

/** The same as the SDK names them. */
export function workParams(args: WorkArguments) {
  return {
    payoutSats: args.payout_sats,
    slaSeconds: args.sla_seconds,
    skillsRequired: args.skills_required,
    riskTier: args.risk_tier,
    instructions: args.instructions,
  };
}
