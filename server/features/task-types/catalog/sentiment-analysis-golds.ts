import { type CatalogGold, gold } from './catalog-entry';

type Sentiment = 'very_negative' | 'negative' | 'neutral' | 'positive' | 'very_positive';
type Intent =
  | 'cancellation'
  | 'complaint'
  | 'question'
  | 'purchase'
  | 'feedback'
  | 'praise'
  | 'other';

export function reading(
  slug: string,
  [channel, message]: [string, string],
  [sentiment, intent, urgent]: [Sentiment, Intent, boolean],
  explanation: string,
): CatalogGold {
  return gold(slug, { channel, message }, { sentiment, intent, urgent }, explanation);
}

export const golds: CatalogGold[] = [
  reading(
    'third-outage',
    ['chat', 'Great, the third outage this week. You people are on a roll.'],
    ['negative', 'complaint', false],
    'Irony: "great" is blame here. Nothing says that waiting does harm.',
  ),
  reading(
    'polite-goodbye',
    ['e-mail', 'Would you be so kind as to close my account at the end of the month? Thank you.'],
    ['neutral', 'cancellation', false],
    'Polite and matter-of-fact, and the account is to be closed.',
  ),
  reading(
    'crushed-parcel',
    [
      'e-mail',
      'Parcel came crushed, but Ana had a new one on its way in five minutes. Wow!! You are the best.',
    ],
    ['very_positive', 'praise', false],
    'The trouble is solved; what remains is delight, and nothing is asked for.',
  ),
  reading(
    'double-charge',
    [
      'chat',
      'You charged my card TWICE, 900 each, my rent bounces tonight because of it. Fix it NOW or I call my lawyer.',
    ],
    ['very_negative', 'complaint', true],
    'Fury with a threat, and real harm tonight.',
  ),
  reading(
    'size-question',
    ['chat', 'hi, does the blue one come in 46?'],
    ['neutral', 'question', false],
    'A plain question about a product, not yet an order.',
  ),
  reading(
    'order-by-mail',
    [
      'e-mail',
      'We would like 40 more of the oak chairs at the price of your last offer. Please send the invoice.',
    ],
    ['neutral', 'purchase', false],
    'An order in so many words, without praise or blame.',
  ),
  reading(
    'export-wish',
    [
      'app feedback',
      'Really like the new charts. A CSV export would make them perfect for our meetings.',
    ],
    ['positive', 'feedback', false],
    'Pleased, with a suggestion and no grievance.',
  ),
  reading(
    'insulin-parcel',
    [
      'phone, transcribed',
      'My insulin should have come yesterday, I have one dose left for tonight. Can you see where it is?',
    ],
    ['negative', 'complaint', true],
    'Displeased about a late parcel; health is at stake before tomorrow.',
  ),
  reading(
    'shouting-cancel',
    [
      'chat',
      'CANCEL IT. I have asked four times. Worst company I ever dealt with, never coming back.',
    ],
    ['very_negative', 'cancellation', false],
    'Cancellation goes before the complaint. Capital letters alone do not make it urgent.',
  ),
  reading(
    'mixed-hotel',
    [
      'survey',
      'Lovely staff and a great breakfast. But the shower was cold all three days and nobody came, and the bed squeaked. So, well.',
    ],
    ['neutral', 'complaint', false],
    'Praise and blame in balance; what the hotel must act on is the shower.',
  ),
  reading(
    'thanks-short',
    ['chat', 'that worked, cheers 👍'],
    ['positive', 'praise', false],
    'Pleased, not delighted, and nothing is left to do.',
  ),
  reading(
    'wrong-recipient',
    ['e-mail', 'Mum, I will be there at six, bring the charger please.'],
    ['neutral', 'other', false],
    'Sent to the wrong address: it has nothing to do with the company.',
  ),
];
