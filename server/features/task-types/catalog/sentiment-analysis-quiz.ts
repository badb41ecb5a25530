import type { CatalogGold } from './catalog-entry';
import { reading } from './sentiment-analysis-golds';

export const quiz: CatalogGold[] = [
  reading(
    'quiz-irony',
    ['review', 'Only two weeks for an answer! I feel truly valued.'],
    ['negative', 'complaint', false],
    'The exclamation mark and the two weeks give the irony away.',
  ),
  reading(
    'quiz-gas',
    [
      'phone, transcribed',
      'Hello, since your technician left, it smells of gas in the hallway, what should I do?',
    ],
    ['neutral', 'question', true],
    'A calm question, but one that cannot wait a minute.',
  ),
  reading(
    'quiz-leaving-friends',
    [
      'e-mail',
      'We are moving abroad and have to end the contract in May. It was always a pleasure with you!',
    ],
    ['positive', 'cancellation', false],
    'Warm words, and still the contract ends: act on the cancellation.',
  ),
  reading(
    'quiz-buy-now',
    ['chat', 'ok convinced, where do I click to get the yearly plan'],
    ['positive', 'purchase', false],
    'Convinced, and ready to buy: the purchase goes on as soon as somebody answers.',
  ),
  reading(
    'quiz-suggestion',
    ['app feedback', 'Could the font be a bit larger on tablets? Otherwise no remarks.'],
    ['neutral', 'feedback', false],
    'A suggestion in a matter-of-fact tone.',
  ),
  reading(
    'quiz-double-charge-today',
    [
      'chat',
      'You took the 840 € twice and my rent goes off tonight. Please put one back before midnight.',
    ],
    ['negative', 'complaint', true],
    'A grievance, and tonight’s rent makes waiting harmful.',
  ),
  reading(
    'quiz-cancel-politely',
    [
      'e-mail',
      'Would you kindly close my account at the end of the month? Many thanks in advance.',
    ],
    ['neutral', 'cancellation', false],
    'Politeness is no feeling. Closing the account is what must be done.',
  ),
  reading(
    'quiz-opening-hours',
    ['chat', 'Are you open on Whit Monday?'],
    ['neutral', 'question', false],
    'A plain question.',
  ),
  reading(
    'quiz-repair-praise',
    [
      'review',
      'Dropped it off at nine, ready at noon, and Mr Okoro even cleaned the fan. Best shop in town!',
    ],
    ['very_positive', 'praise', false],
    'Delighted from beginning to end, and nothing is wanted.',
  ),
  reading(
    'quiz-lawyer',
    [
      'e-mail',
      'Third letter, still no refund. My lawyer has the file, and I will tell everyone I know what you are.',
    ],
    ['very_negative', 'complaint', false],
    'Furious and threatening, but nothing in it cannot wait until tomorrow.',
  ),
];

/** For newcomers to try the form on. */
export const practice: CatalogGold = reading(
  'practice-late-cake',
  [
    'phone, transcribed',
    'Well, the birthday cake came a day after the birthday. The children laughed, I did not.',
  ],
  ['negative', 'complaint', false],
  'The tone is dry, but the writer is displeased and says what went wrong: a complaint. The birthday is over, so nothing gets worse by tomorrow.',
);
