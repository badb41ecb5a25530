import type { CatalogGold } from './catalog-entry';
import { order, refund, SHOP, SUBSCRIPTION } from './refund-eligibility-golds';

export const quiz: CatalogGold[] = [
  refund(
    'quiz-gift-card',
    {
      policy: SHOP,
      order: order('Gift card, 50 €', '2026-02-01', 50),
      request: { received_on: '2026-02-02', message: 'Bought it by mistake, unused.' },
    },
    ['deny', 0],
    'Gift cards cannot be returned under clause 5, however soon the request comes.',
  ),
  refund(
    'quiz-phone-late',
    {
      policy: SHOP,
      order: order('Phone, seal broken', '2026-03-01', 600),
      request: { received_on: '2026-03-20', message: 'Camera is not as good as I hoped.' },
    },
    ['deny', 0],
    'Clause 3 takes opened electronics back for 14 days; the request came on day 19, without a fault.',
  ),
  refund(
    'quiz-phone-faulty',
    {
      policy: SHOP,
      order: order('Phone, seal broken', '2026-03-01', 600),
      request: {
        received_on: '2026-09-20',
        message: 'The microphone is dead, nobody hears me. Video attached.',
      },
    },
    ['approve', 100],
    'A described fault within 24 months is refunded in full under clause 4.',
  ),
  refund(
    'quiz-year-end',
    {
      policy: SUBSCRIPTION,
      order: { plan: 'annual', paid_on: '2026-01-01', paid_eur: 120, months_begun: 9 },
      request: { received_on: '2026-09-15', message: 'Please refund the rest of the year.' },
    },
    ['deny', 0],
    'Three months are left, and clause B refunds only where more than three are.',
  ),
  refund(
    'quiz-tablet',
    {
      policy: SHOP,
      order: order('Tablet, seal broken', '2026-04-01', 300),
      request: {
        received_on: '2026-04-15',
        message: 'My employer gave me one. Opened, barely used.',
      },
    },
    ['partial', 85],
    'Day 14 of 14 still counts under clause 3: 85 % after the restocking fee.',
  ),
  refund(
    'quiz-engraved-pen',
    {
      policy: SHOP,
      order: order('Fountain pen, engraved "For Mira"', '2026-05-02', 80),
      request: { received_on: '2026-05-04', message: 'She broke up with me. It is unused.' },
    },
    ['deny', 0],
    'An engraved pen is personalised, and clause 5 takes no personalised goods back.',
  ),
  refund(
    'quiz-sale-faulty',
    {
      policy: SHOP,
      order: order('Raincoat (sale)', '2026-02-10', 40),
      request: {
        received_on: '2026-04-20',
        message: 'Both seams leak since the first rain, photos attached.',
      },
    },
    ['approve', 100],
    'Sale or not, a fault within 24 months is refunded in full under clause 4.',
  ),
  refund(
    'quiz-annual-early',
    {
      policy: SUBSCRIPTION,
      order: { plan: 'annual', paid_on: '2026-03-01', paid_eur: 96, months_begun: 1 },
      request: { received_on: '2026-03-15', message: 'I changed my mind.' },
    },
    ['approve', 100],
    'Day 14 of 14 still counts: clause A refunds the annual plan in full.',
  ),
  refund(
    'quiz-double-monthly',
    {
      policy: SUBSCRIPTION,
      order: { plan: 'monthly', paid_on: '2026-04-01', paid_eur: 9, charges_for_april: 2 },
      request: {
        received_on: '2026-04-28',
        message: 'I was charged twice for April, 9 € too much.',
      },
    },
    ['approve', 100],
    'Monthly plans are not refunded, but a second charge for one period always is: clause D.',
  ),
  refund(
    'quiz-sealed-headphones',
    {
      policy: SHOP,
      order: order('Headphones, seal unbroken', '2026-04-01', 120),
      request: { received_on: '2026-04-27', message: 'A present I got twice. Never opened.' },
    },
    ['approve', 100],
    'The seal is whole, so clause 1 with its 30 days applies, not clause 3. Day 26 is in time.',
  ),
];

/** For newcomers to try the form on. */
export const practice: CatalogGold = refund(
  'practice-kettle',
  {
    policy: SHOP,
    order: order('Kettle', '2026-04-01', 35),
    request: {
      received_on: '2026-04-12',
      message: 'I do not like the colour. Unused, in the box.',
    },
  },
  ['approve', 100],
  'Day 11 of 30, unused and in its packaging: clause 1 refunds in full. The colour is reason enough, since the clause asks for none.',
);
