import type { CatalogEntry } from './catalog-entry';
import { golds } from './refund-eligibility-golds';
import { practice, quiz } from './refund-eligibility-quiz';

const instructions = `## What you decide
The payload holds a shop's **policy**, an **order** and a customer's **request**. Decide what the policy gives the customer. Not what you would give: the policy decides, and the order's dates and facts outweigh what the customer remembers.

| decision | when | refund percent |
| --- | --- | --- |
| **approve** | Every condition is met. | 100 |
| **partial** | The policy gives a part, such as less a restocking fee or one item of several. | 1–99, of the amount asked for |
| **deny** | A condition is not met. | 0 |
| **need_information** | The decision hangs on a fact that is in neither order nor request. | 0 |

## Step by step
1. Find the clause that speaks of this case. A special clause (sale items, opened software) goes before the general one.
2. Count the days from the date that the clause names: *ordered*, *delivered* or *returned* are not the same. The last day still counts.
3. Check the condition of the goods, if the clause asks for one.
4. Write the explanation as you would to the customer: the clause, the fact, the outcome. Friendly, two sentences are enough.

Choose **need_information** only if an answer to one question would settle it, and put that question into the explanation.`;

export const refundEligibility: CatalogEntry = {
  type: 'refund_eligibility',
  title: 'Refund eligibility',
  description: 'Does a refund request meet the policy?',
  instructions,
  skill: 'Applies a written policy to a case: dates, conditions, exceptions.',
  payoutSats: 500,
  slaSeconds: 300,
  outputSchema: {
    type: 'object',
    title: 'Decision',
    required: ['decision', 'refund_percent', 'explanation'],
    additionalProperties: false,
    properties: {
      decision: {
        type: 'string',
        title: 'Decision',
        enum: ['approve', 'partial', 'deny', 'need_information'],
        'x-enum-titles': ['Approve', 'Approve in part', 'Deny', 'Need information'],
      },
      refund_percent: {
        type: 'integer',
        title: 'Refund, percent of what was asked for',
        description: '100 to approve, 0 to deny or to ask.',
        minimum: 0,
        maximum: 100,
      },
      explanation: {
        type: 'string',
        title: 'Explanation to the customer',
        description: 'The clause, the fact, the outcome; or the one question that would settle it.',
        minLength: 10,
        maxLength: 1000,
      },
    },
    examples: [
      {
        decision: 'approve',
        refund_percent: 100,
        explanation: 'Day 18 of 30, unworn: clause 1.',
      },
      {
        decision: 'partial',
        refund_percent: 85,
        explanation: 'Opened: clause 3 keeps 15 %.',
      },
      {
        decision: 'deny',
        refund_percent: 0,
        explanation: 'Clause 1 has 30 days; this is 41.',
      },
    ],
  },
  rules: [
    {
      id: 'percent_fits_decision',
      when: { '!=': [{ var: 'output.refund_percent' }, null] },
      require: {
        if: [
          { '==': [{ var: 'output.decision' }, 'approve'] },
          { '==': [{ var: 'output.refund_percent' }, 100] },
          { '==': [{ var: 'output.decision' }, 'partial'] },
          { '<': [0, { var: 'output.refund_percent' }, 100] },
          { '==': [{ var: 'output.refund_percent' }, 0] },
        ],
      },
      message:
        'Approve goes with 100 percent, partial with 1 to 99, deny and need information with 0.',
    },
    {
      id: 'denial_explained',
      when: {
        and: [
          { '==': [{ var: 'output.decision' }, 'deny'] },
          { '!=': [{ var: 'output.refund_percent' }, null] },
        ],
      },
      require: { '!=': [{ substr: [{ var: 'output.explanation' }, 29] }, ''] },
      message:
        'A denial needs an explanation of at least 30 characters: which clause, and which fact.',
    },
  ],
  golds,
  quiz,
  practice,
};
