import { AuthorizationError } from '@humanrail/sdk';
import { z } from 'zod';
import { defineTool } from '../tool.js';

const READS = { readOnlyHint: true, idempotentHint: true, openWorldHint: false } as const;

export const getUsage = defineTool({
  name: 'get_usage',
  title: 'Get usage',
  description:
    'Counts of tasks by status, completion times and sats spent, by day, week or month, and in all.',
  annotations: READS,
  input: z.strictObject({
    period: z
      .enum(['day', 'week', 'month'])
      .optional()
      .describe('Length of a bucket; day unless told.'),
    start_date: z.string().optional().describe('First day, as 2026-01-31.'),
    end_date: z.string().optional().describe('Last day, itself included, as 2026-01-31.'),
  }),
  output: z.looseObject({
    mode: z.enum(['live', 'test']),
    period: z.string(),
    start_date: z.string(),
    end_date: z.string(),
    total: z.looseObject({}).describe('The total of the whole period.'),
    data: z.array(z.looseObject({})).describe('Of each bucket, the oldest first.'),
  }),
  async run({ period, start_date, end_date }, { client, signal }) {
    const usage = await client.usage.get(
      { period, startDate: start_date, endDate: end_date },
      { signal },
    );
    const structured = apiNames(usage) as Record<string, unknown>;
    return { text: `Usage from ${structured.start_date} to ${structured.end_date}.`, structured };
  },
});

export const healthCheck = defineTool({
  name: 'health_check',
  title: 'Check the connection',
  description:
    'Whether the HumanRail API answers and takes the API key, which mode the key is of, and what can be spent.',
  annotations: READS,
  input: z.strictObject({}),
  output: z.object({
    status: z.literal('ok'),
    base_url: z.string(),
    mode: z
      .enum(['live', 'test'])
      .nullable()
      .describe('In test mode workers are simulated and sats are play money.'),
    available_sats: z.number().nullable(),
    held_sats: z.number().nullable().describe('What open tasks hold.'),
  }),
  async run(_args, { client, signal }) {
    const here = { status: 'ok', base_url: client.baseUrl };
    try {
      const { mode, availableSats, heldSats } = await client.balance.get({ signal });
      return {
        text: `The API answers at ${client.baseUrl}. The key is of ${mode} mode; ${availableSats} sats can be spent.`,
        structured: { ...here, mode, available_sats: availableSats, held_sats: heldSats },
      };
    } catch (error) {
      // The key counts; it may only not see the balance.
      if (!(error instanceof AuthorizationError)) throw error;
      return {
        text: `The API answers at ${client.baseUrl} and knows the key, which may not read the balance.`,
        structured: { ...here, mode: null, available_sats: null, held_sats: null },
      };
    }
  },
});

/** Field names as the API spells them, all the way down; for answers that hold nobody's own data. */
function apiNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(apiNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      apiNames(inner),
    ]),
  );
}
