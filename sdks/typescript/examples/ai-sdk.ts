// The Vercel AI SDK: a model that asks people, and a tool that they allow. The model here is a script
// of the AI SDK's own, so that this runs without one; put yours in its place.
import { HumanRail } from '@humanrail/sdk';
import { askHuman, withApproval } from '@humanrail/sdk/ai';
import { generateText, stepCountIs, tool } from 'ai';
import { z } from 'zod';
import { scriptedModel } from './scripted-model.js';

const client = new HumanRail();

const issueRefund = tool({
  description: 'Pays an order back.',
  inputSchema: z.object({ order: z.string(), amount: z.number() }),
  execute: async ({ order, amount }) => `refunded ${amount} for ${order}`,
});

const { text, steps } = await generateText({
  model: scriptedModel([
    { call: 'ask_human', input: { question: 'Is the photo of a broken cup?' } },
    { call: 'issue_refund', input: { order: 'o-1', amount: 12.5 } },
    { text: 'The order is refunded.' },
  ]),
  prompt: 'The customer of order o-1 says that the cup arrived broken.',
  tools: {
    ask_human: askHuman(client, { returns: z.boolean() }),
    issue_refund: withApproval(client, issueRefund, { tool: 'issue_refund' }),
  },
  stopWhen: stepCountIs(5),
});
for (const { output } of steps.flatMap(({ toolResults }) => toolResults)) console.log(output);
console.log(text);
