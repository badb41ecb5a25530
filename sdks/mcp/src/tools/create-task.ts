import { z } from 'zod';
import { createFields, createParams } from '../create-fields.js';
import { createKey } from '../idempotency.js';
import { standing, TaskDetails, taskDetails } from '../task-view.js';
import { defineTool } from '../tool.js';

const Create = z.strictObject({
  ...createFields,
  idempotency_key: z
    .string()
    .optional()
    .describe(
      'Made of type, payload and output_schema unless given; give one of your own to create the same task anew.',
    ),
});

export const createTask = defineTool({
  name: 'create_task',
  title: 'Create a task',
  description:
    'Sends a task to people and returns at once, with no answer yet: read it later by wait_for_task. What it may cost is held at once. The same call again returns the same task. For a single question, ask_human is simpler.',
  annotations: {
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: true,
  },
  input: Create,
  output: TaskDetails,
  async run(args, { client, signal }) {
    const task = await client.tasks.create(
      { ...createParams(args), idempotencyKey: args.idempotency_key ?? createKey(args) },
      { signal },
    );
    return { text: standing(task), structured: taskDetails(task) };
  },
});

const Quote = z.object({
  cost_sats: z.object({
    held: z.number().describe('What a create would set aside at most.'),
    payout_max: z.number(),
    fee_max: z.number(),
  }),
  eligible_workers: z.number(),
  online_workers: z.number(),
  expected_seconds: z.object({ p50: z.number().nullable(), p90: z.number().nullable() }),
  risk_tier: z.string(),
  tiers: z
    .array(
      z.object({
        risk_tier: z.string(),
        min_votes: z.number(),
        max_votes: z.number(),
        held_sats: z.number(),
        expected_cost_sats: z.number().nullable(),
        expected_confidence: z.number().nullable().describe('Share of outputs that is right.'),
        basis: z.string().describe('history, evidence, prior (an assumption) or unknown.'),
      }),
    )
    .describe('What each risk tier would cost and promise.'),
  warnings: z.array(z.string()).describe('What is odd about the schema.'),
});

export const quoteTask = defineTool({
  name: 'quote_task',
  title: 'Quote a task',
  description:
    'What create_task with these arguments would cost, who could take it, and how long it may take. Creates nothing.',
  annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
  input: z.strictObject(createFields),
  output: Quote,
  async run(args, { client, signal }) {
    const quote = await client.quotes.create(createParams(args), { signal });
    const { costSats, eligibleWorkers, onlineWorkers, expectedSeconds, warnings } = quote;
    const structured: z.output<typeof Quote> = {
      cost_sats: { held: costSats.held, payout_max: costSats.payoutMax, fee_max: costSats.feeMax },
      eligible_workers: eligibleWorkers,
      online_workers: onlineWorkers,
      expected_seconds: expectedSeconds,
      risk_tier: quote.riskTier,
      tiers: quote.tiers.map((tier) => ({
        risk_tier: tier.riskTier,
        min_votes: tier.minVotes,
        max_votes: tier.maxVotes,
        held_sats: tier.heldSats,
        expected_cost_sats: tier.expectedCostSats,
        expected_confidence: tier.expectedConfidence,
        basis: tier.basis,
      })),
      warnings,
    };
    const text = `It costs at most ${costSats.held} sats; ${eligibleWorkers} workers could take it, ${onlineWorkers} of them online.`;
    return { text, structured };
  },
});
