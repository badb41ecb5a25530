import type { CatalogEntry } from './catalog-entry';
import { golds } from './image-moderation-golds';
import { practice, quiz } from './image-moderation-quiz';

const instructions = `## What you decide
Look at the **image**, then at its **caption** and where it was posted, and choose the *first* that applies:

| verdict | when |
| --- | --- |
| **violent** | Injury, blood, a weapon aimed at a living being, cruelty to animals. |
| **nsfw** | Nudity or sexual acts, or a caption that offers them. |
| **policy_violating** | Drugs or weapons for sale, symbols of hate, a stranger's private data, spam, invitations to self-harm. |
| **safe** | None of these. Kitchen knives at dinner, statues, medicine in a cabinet, bathing clothes at the beach. |

**Severity**: *none* for safe images; *mild* where a warning would do (a cartoon, a scratch, a hint); *severe* where it must not be shown.

## Good to know
- Drawings count as what they show, mostly one step milder.
- The caption can turn a safe picture into a violation; it never makes a violation safe.
- You may blur or leave any image that troubles you: release the task with the reason "content". It does not count against you.`;

export const imageModeration: CatalogEntry = {
  type: 'image_moderation',
  title: 'Image moderation',
  description: 'Is an image safe, NSFW, violent, or against the policy?',
  instructions,
  skill: 'Moderates images, and is prepared to meet disturbing ones.',
  payoutSats: 300,
  slaSeconds: 300,
  outputSchema: {
    type: 'object',
    title: 'Moderation',
    required: ['verdict', 'severity'],
    additionalProperties: false,
    properties: {
      verdict: {
        type: 'string',
        title: 'Verdict',
        description: 'The first that applies, from violent to safe.',
        enum: ['safe', 'nsfw', 'violent', 'policy_violating'],
        'x-enum-titles': ['Safe', 'NSFW', 'Violent', 'Policy-violating'],
      },
      severity: {
        type: 'string',
        title: 'Severity',
        description: 'None for safe images, and only for these.',
        enum: ['none', 'mild', 'severe'],
        'x-enum-titles': ['None', 'Mild: a warning would do', 'Severe: must not be shown'],
      },
      notes: {
        type: 'string',
        title: 'Notes',
        description: 'What you saw, where it is not obvious.',
        maxLength: 500,
      },
    },
    examples: [
      { verdict: 'safe', severity: 'none' },
      { verdict: 'violent', severity: 'mild', notes: 'A cartoon fight with a little blood.' },
      { verdict: 'nsfw', severity: 'severe' },
      { verdict: 'policy_violating', severity: 'severe', notes: 'Offers pills with a price.' },
    ],
  },
  rules: [
    {
      id: 'safe_has_no_severity',
      when: {
        and: [
          { '==': [{ var: 'output.verdict' }, 'safe'] },
          { '!=': [{ var: 'output.severity' }, null] },
        ],
      },
      require: { '==': [{ var: 'output.severity' }, 'none'] },
      message: 'A safe image has the severity "None".',
    },
    {
      id: 'unsafe_has_severity',
      when: { in: [{ var: 'output.verdict' }, ['nsfw', 'violent', 'policy_violating']] },
      require: { '!=': [{ var: 'output.severity' }, 'none'] },
      message: 'Say how severe it is: mild or severe.',
    },
  ],
  golds,
  quiz,
  practice,
};
