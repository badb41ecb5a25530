import type { CatalogGold } from './catalog-entry';
import { finding } from './document-verification-golds';

export const quiz: CatalogGold[] = [
  finding(
    'quiz-same-day',
    [
      'passport',
      { name: 'DUBOIS, CLAIRE', born: '08 APR 1974', expires: '04 MAY 2026' },
      { full_name: 'Claire Dubois', born: '1974-04-08', checked_on: '2026-05-04' },
    ],
    ['valid', []],
    'A document is in force on the day that it names.',
  ),
  finding(
    'quiz-name-order',
    [
      'identity card',
      {
        name: 'Family name: THOMAS. Given name: MARTIN',
        born: '1991-02-17',
        expires: '2030-02-16',
      },
      {
        full_name: 'Thomas Martin',
        family_name: 'Martin',
        born: '1991-02-17',
        checked_on: '2026-05-04',
      },
    ],
    ['invalid', ['name_mismatch']],
    'The family name is Thomas on the card and Martin in the claim.',
  ),
  finding(
    'quiz-91-days',
    [
      'council tax bill',
      { name: 'Owen Price', address: '2 Castle View, Cardiff CF10 1AA', issued: '2026-02-01' },
      {
        full_name: 'Owen Price',
        address: '2 Castle View, Cardiff CF10 1AA',
        checked_on: '2026-05-03',
      },
    ],
    ['invalid', ['too_old']],
    'From 1 February to 3 May are 91 days.',
  ),
  finding(
    'quiz-payslip-dates',
    [
      'payslip',
      {
        name: 'Sofia Lund',
        period: 'April 2026',
        paid_on: '28 April 2025',
        address: 'Storgata 8, Oslo',
      },
      { full_name: 'Sofia Lund', purpose: 'proof of income', checked_on: '2026-05-10' },
    ],
    ['invalid', ['tampering_signs']],
    'April 2026 cannot have been paid a year before.',
  ),
  finding(
    'quiz-glare',
    [
      'driving licence (a flash covers the name)',
      { name: 'M[…]N, […]', born: '13 SEP 1983', expires: '12 SEP 2033' },
      { full_name: 'Mert Aydin', born: '1983-09-13', checked_on: '2026-05-04' },
    ],
    ['unreadable', ['part_missing']],
    'The name cannot be read, so it can neither agree nor differ.',
  ),
  finding(
    'quiz-gym-card',
    [
      'gym membership card',
      { name: 'Paulo Reis', address: 'Rua do Sol 3, Porto', issued: '2026-04-02' },
      {
        full_name: 'Paulo Reis',
        address: 'Rua do Sol 3, Porto',
        purpose: 'proof of address',
        checked_on: '2026-05-04',
      },
    ],
    ['invalid', ['wrong_kind']],
    'Name and address agree, but a gym card proves no address.',
  ),
  finding(
    'quiz-street-short',
    [
      'electricity bill',
      { name: 'Hannah Weiss', address: '9 Mill St, Leeds LS2 7AB', issued: '2026-03-18' },
      {
        full_name: 'Hannah Weiss',
        address: '9 Mill Street, Leeds LS2 7AB',
        purpose: 'proof of address',
        checked_on: '2026-05-04',
      },
    ],
    ['valid', []],
    'St and Street are the same, and the bill is 47 days old.',
  ),
  finding(
    'quiz-month-name',
    [
      'passport',
      { name: 'ROSSI, ELENA', born: '05 OCT 1993', expires: '30 NOV 2029' },
      { full_name: 'Elena Rossi', born: '1993-05-10', checked_on: '2026-05-04' },
    ],
    ['invalid', ['birth_date_mismatch']],
    'The passport names October; the claim says May.',
  ),
  finding(
    'quiz-house-number',
    [
      'bank statement',
      { name: 'Tariq Aziz', address: '118 Oak Lane, Bristol BS3 4QT', issued: '2026-04-11' },
      {
        full_name: 'Tariq Aziz',
        address: '181 Oak Lane, Bristol BS3 4QT',
        purpose: 'proof of address',
        checked_on: '2026-05-04',
      },
    ],
    ['invalid', ['address_mismatch']],
    '118 on the statement, 181 in the claim: another house.',
  ),
  finding(
    'quiz-torn-corner',
    [
      'identity card (the corner with the expiry date is torn off)',
      { name: 'Nadia Haddad', born: '1988-12-01', expires: '[…]' },
      { full_name: 'Nadia Haddad', born: '1988-12-01', checked_on: '2026-05-04' },
    ],
    ['unreadable', ['part_missing']],
    'Whether the card is in force cannot be seen, so a better picture is needed.',
  ),
];

/** For newcomers to try the form on. */
export const practice: CatalogGold = finding(
  'practice-licence',
  [
    'driving licence',
    { name: 'Jonas Berg', born: '21 JUN 1990', expires: '20 JUN 2025' },
    { full_name: 'Jonas Berg', born: '1990-06-21', checked_on: '2026-05-04' },
  ],
  ['invalid', ['expired']],
  'Name and date of birth agree, but the licence ran out almost a year before the day of the check. Tick every problem there is: here it is one.',
);
