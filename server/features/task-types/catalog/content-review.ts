import type { CatalogEntry } from './catalog-entry';
import { golds } from './content-review-golds';
import { practice, quiz } from './content-review-quiz';

const instructions = `## What you decide
Read the content as a moderator of the place named in \`source\`, and say which it is:

| verdict | when |
| --- | --- |
| **genuine** | A person wrote it from experience or conviction. It may be short, rude, wrong or badly spelt. |
| **ai_generated** | It reads as produced by a language model or template: no detail of its own, even rhythm, praise that would fit anything. |
| **policy_violation** | It breaks a rule of the policy below, whoever wrote it. Name every area it breaks. |
| **uncertain** | After reading twice you could not defend any of the three. Say what is missing. |

A violation comes first: machine-written spam is a **policy_violation**.

## How to tell
- **For a person**: one odd detail nobody would invent, a complaint beside the praise, a typo, an opinion that costs something.
- **For a machine**: lists of three, "not only … but also", the product named in full again and again, feelings without an occasion.
- Good grammar proves nothing, and neither do five stars. Many people write well, and many are simply pleased.

## The policy
Not allowed: advertising or links to sell something (*spam*), threats or insults against a person (*harassment*), contempt for a group (*hate*), sexual content (*sexual*), encouragement of self-harm (*self_harm*), instructions to hurt people (*dangerous*), somebody's address, phone number or the like (*personal_data*), deceit for money, such as paid or invented reviews and false profits (*fraud*).

Harsh criticism of a product or a company is allowed.`;

export const contentReview: CatalogEntry = {
  type: 'content_review',
  title: 'Content review',
  description: 'Is user content genuine, AI-generated, or against the policy?',
  instructions,
  skill: 'Tells genuine user content from machine-made and from what breaks a policy.',
  payoutSats: 300,
  slaSeconds: 300,
  outputSchema: {
    type: 'object',
    title: 'Review',
    required: ['verdict', 'policy_areas'],
    additionalProperties: false,
    properties: {
      verdict: {
        type: 'string',
        title: 'Verdict',
        description: 'A violation comes first, whoever wrote the content.',
        enum: ['genuine', 'ai_generated', 'policy_violation', 'uncertain'],
        'x-enum-titles': ['Genuine', 'AI-generated', 'Policy violation', 'Uncertain'],
      },
      policy_areas: {
        type: 'array',
        title: 'Areas of the policy it breaks',
        description: 'Leave empty unless it breaks the policy.',
        uniqueItems: true,
        items: {
          type: 'string',
          enum: [
            'spam',
            'harassment',
            'hate',
            'sexual',
            'self_harm',
            'dangerous',
            'personal_data',
            'fraud',
          ],
        },
      },
      notes: {
        type: 'string',
        title: 'Notes',
        description: 'What decided it. Needed where you are uncertain.',
        maxLength: 1000,
      },
    },
    examples: [
      { verdict: 'genuine', policy_areas: [] },
      { verdict: 'genuine', policy_areas: [], notes: 'Names a fault and how it was solved.' },
      { verdict: 'ai_generated', policy_areas: [], notes: 'Praise that would fit any product.' },
      { verdict: 'policy_violation', policy_areas: ['spam'], notes: 'Sells followers by a link.' },
    ],
  },
  rules: [
    {
      id: 'violation_names_area',
      when: {
        and: [
          { '==': [{ var: 'output.verdict' }, 'policy_violation'] },
          { '!=': [{ var: 'output.policy_areas' }, null] },
        ],
      },
      require: { '!!': [{ var: 'output.policy_areas' }] },
      message: 'Tick each area of the policy that the content breaks.',
    },
    {
      id: 'areas_need_violation',
      when: { '!!': [{ var: 'output.policy_areas' }] },
      require: { in: [{ var: 'output.verdict' }, ['policy_violation', 'uncertain']] },
      message: 'You ticked areas of the policy, so the verdict is "Policy violation".',
    },
    {
      id: 'uncertain_says_why',
      when: {
        and: [
          { '==': [{ var: 'output.verdict' }, 'uncertain'] },
          { '!=': [{ var: 'output.policy_areas' }, null] },
        ],
      },
      require: { '!=': [{ substr: [{ var: 'output.notes' }, 19] }, ''] },
      message: 'Say in at least 20 characters of notes what leaves you uncertain.',
    },
  ],
  golds,
  quiz,
  practice,
};
