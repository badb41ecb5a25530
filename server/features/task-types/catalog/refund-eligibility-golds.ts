import { type CatalogGold, gold } from './catalog-entry';

export const SHOP = [
  '1. Goods may be returned within 30 days of delivery, unused and in their packaging, for a full refund.',
  '2. Sale items are exchanged, not refunded.',
  '3. Electronics whose seal is broken are taken back within 14 days of delivery, less a restocking fee of 15 %.',
  '4. Faulty goods are refunded in full within 24 months of delivery; please send a photo or a description of the fault.',
  '5. Gift cards and personalised goods cannot be returned.',
].join('\n');

export const SUBSCRIPTION = [
  'A. Annual plans are refunded in full within 14 days of payment.',
  'B. After 14 days we refund the months not begun, if the year has more than 3 of them left.',
  'C. Monthly plans are not refunded; they end with the month that is paid.',
  'D. If we charged you twice for one period, the second charge is always refunded.',
].join('\n');

interface Case {
  policy: string;
  order: Record<string, unknown>;
  request: { received_on: string; message: string };
}

export function refund(
  slug: string,
  payload: Case,
  [decision, percent]: ['approve' | 'partial' | 'deny' | 'need_information', number],
  explanation: string,
): CatalogGold {
  const expected = { decision, refund_percent: percent, explanation };
  return gold(slug, { ...payload }, expected, explanation);
}

export function order(item: string, delivered_on: string, paid_eur: number, more: object = {}) {
  return { item, delivered_on, paid_eur, ...more };
}

export const golds: CatalogGold[] = [
  refund(
    'boots-unworn',
    {
      policy: SHOP,
      order: order('Hiking boots, size 42', '2026-03-02', 139),
      request: {
        received_on: '2026-03-20',
        message: 'Too small. Never worn outside, box is here.',
      },
    },
    ['approve', 100],
    'Day 18 of 30, unused and boxed: clause 1 gives a full refund.',
  ),
  refund(
    'boots-late',
    {
      policy: SHOP,
      order: order('Hiking boots, size 44', '2026-01-10', 139),
      request: { received_on: '2026-02-20', message: 'Forgot about them. Unworn, original box.' },
    },
    ['deny', 0],
    'The request came 41 days after delivery; clause 1 allows 30 days.',
  ),
  refund(
    'last-day',
    {
      policy: SHOP,
      order: order('Desk lamp', '2026-04-01', 45),
      request: { received_on: '2026-05-01', message: 'Does not match my desk. Still in the box.' },
    },
    ['approve', 100],
    'From 1 April to 1 May are 30 days, and the last day still counts under clause 1.',
  ),
  refund(
    'sale-jacket',
    {
      policy: SHOP,
      order: order('Rain jacket', '2026-03-05', 59, { sale_item: true }),
      request: { received_on: '2026-03-08', message: 'Colour is off, I would like my money back.' },
    },
    ['deny', 0],
    'It was a sale item: clause 2 offers an exchange, and goes before the general clause 1.',
  ),
  refund(
    'opened-headphones',
    {
      policy: SHOP,
      order: order('Headphones, seal broken', '2026-02-10', 200),
      request: {
        received_on: '2026-02-18',
        message: 'Opened and tried once, they pinch. Refund please.',
      },
    },
    ['partial', 85],
    'Electronics with a broken seal, day 8 of 14: clause 3 keeps 15 % and refunds 85 %.',
  ),
  refund(
    'sale-but-faulty',
    {
      policy: SHOP,
      order: order('Toaster', '2026-01-15', 35, { sale_item: true }),
      request: {
        received_on: '2026-04-02',
        message: 'The left slot stopped heating last week. Photo of the cold coil attached.',
      },
    },
    ['approve', 100],
    'A fault described with a photo within 24 months: clause 4 covers sale items as well.',
  ),
  refund(
    'engraved-watch',
    {
      policy: SHOP,
      order: order('Watch, engraved "To Ida"', '2026-05-02', 220),
      request: { received_on: '2026-05-04', message: 'She already has one. Unworn.' },
    },
    ['deny', 0],
    'The watch was engraved: clause 5 excludes personalised goods from returns.',
  ),
  refund(
    'unknown-condition',
    {
      policy: SHOP,
      order: order('Running shoes', '2026-05-10', 110),
      request: {
        received_on: '2026-05-25',
        message: 'I do not like them and want to send them back.',
      },
    },
    ['need_information', 0],
    'Day 15 of 30, but clause 1 needs them unused: have you worn the shoes, and do you have the box?',
  ),
  refund(
    'annual-week-one',
    {
      policy: SUBSCRIPTION,
      order: { plan: 'annual', paid_on: '2026-03-01', paid_eur: 120 },
      request: { received_on: '2026-03-09', message: 'I chose the wrong plan, please refund.' },
    },
    ['approve', 100],
    'Eight days after the payment, so clause A refunds the annual plan in full.',
  ),
  refund(
    'annual-half-way',
    {
      policy: SUBSCRIPTION,
      order: { plan: 'annual', paid_on: '2026-01-01', paid_eur: 120, months_begun: 6 },
      request: {
        received_on: '2026-06-12',
        message: 'We closed the office. Refund the year please.',
      },
    },
    ['partial', 50],
    'Clause B refunds the months not begun: 6 of 12 are left, which is 50 %.',
  ),
  refund(
    'monthly-regret',
    {
      policy: SUBSCRIPTION,
      order: { plan: 'monthly', paid_on: '2026-06-01', paid_eur: 12 },
      request: { received_on: '2026-06-03', message: 'Used it once, not for me. Money back?' },
    },
    ['deny', 0],
    'Monthly plans are not refunded under clause C; it ends with the month that is paid.',
  ),
  refund(
    'charged-twice',
    {
      policy: SUBSCRIPTION,
      order: {
        plan: 'monthly',
        charges: [
          { on: '2026-06-01', eur: 12, period: 'June 2026' },
          { on: '2026-06-01', eur: 12, period: 'June 2026' },
        ],
      },
      request: {
        received_on: '2026-07-20',
        message: 'You took June twice. I want one of them back.',
      },
    },
    ['approve', 100],
    'June was charged twice, and clause D always refunds the second charge, which is what is asked for.',
  ),
];
