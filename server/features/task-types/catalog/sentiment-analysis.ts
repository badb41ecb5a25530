import type { CatalogEntry } from './catalog-entry';
import { golds } from './sentiment-analysis-golds';
import { practice, quiz } from './sentiment-analysis-quiz';

const instructions = `## What you decide
A machine was not sure about this message. Read it as the person it was sent to would, and give three things.

**Sentiment**: how the writer feels *towards the company*, over the whole message.
- *very_negative*: furious, or threatening to leave or to sue · *negative*: displeased
- *neutral*: matter-of-fact, or praise and blame in balance
- *positive*: pleased · *very_positive*: delighted

**Intent**: what the writer wants to happen. With several, take the one that the company must act on first:
*cancellation* before *complaint* before *question* before *purchase*; *feedback* is a suggestion without a grievance; *praise* wants nothing at all.

**Urgent**: yes only if waiting until tomorrow does harm: money, health, safety, a deadline today. An angry tone alone is not urgent.

## Traps
- **Irony**: "Great, the third outage this week" is negative.
- **Politeness**: "Would you be so kind as to close my account" is a cancellation, and neutral.
- **Bad news, good service**: "My parcel was crushed, but Ana sorted it in minutes, wow" is positive.`;

export const sentimentAnalysis: CatalogEntry = {
  type: 'sentiment_analysis',
  title: 'Sentiment and intent',
  description: 'Sentiment and intent of a customer’s message.',
  instructions,
  skill: 'Reads tone and intent of short messages, irony included.',
  payoutSats: 150,
  slaSeconds: 180,
  outputSchema: {
    type: 'object',
    title: 'Reading',
    required: ['sentiment', 'intent', 'urgent'],
    additionalProperties: false,
    properties: {
      sentiment: {
        type: 'string',
        title: 'Sentiment',
        description: 'Towards the company, over the whole message.',
        enum: ['very_negative', 'negative', 'neutral', 'positive', 'very_positive'],
        'x-enum-titles': ['Very negative', 'Negative', 'Neutral', 'Positive', 'Very positive'],
      },
      intent: {
        type: 'string',
        title: 'Intent',
        description: 'What the company must act on first.',
        enum: ['cancellation', 'complaint', 'question', 'purchase', 'feedback', 'praise', 'other'],
        'x-enum-titles': [
          'Cancellation',
          'Complaint',
          'Question',
          'Purchase',
          'Feedback',
          'Praise',
          'Something else',
        ],
      },
      urgent: {
        type: 'boolean',
        title: 'Urgent',
        description: 'Does waiting until tomorrow do harm?',
      },
    },
    examples: [
      { sentiment: 'negative', intent: 'complaint', urgent: false },
      { sentiment: 'neutral', intent: 'question', urgent: false },
      { sentiment: 'very_negative', intent: 'cancellation', urgent: true },
      { sentiment: 'positive', intent: 'praise', urgent: false },
    ],
  },
  rules: [
    {
      id: 'praise_is_positive',
      when: { '==': [{ var: 'output.intent' }, 'praise'] },
      require: {
        '!': { in: [{ var: 'output.sentiment' }, ['very_negative', 'negative', 'neutral']] },
      },
      message:
        'Praise comes from a pleased writer: choose a positive sentiment, or another intent.',
    },
    {
      id: 'praise_can_wait',
      when: { '==': [{ var: 'output.intent' }, 'praise'] },
      require: { '!': [{ var: 'output.urgent' }] },
      message: 'Praise wants nothing, so it cannot be urgent.',
    },
  ],
  golds,
  quiz,
  practice,
};
