import { type CatalogGold, gold } from './catalog-entry';

type Problem =
  | 'wrong_kind'
  | 'expired'
  | 'too_old'
  | 'name_mismatch'
  | 'address_mismatch'
  | 'birth_date_mismatch'
  | 'tampering_signs'
  | 'part_missing';

type Facts = Record<string, string>;

export function finding(
  slug: string,
  [kind, document, claims]: [string, Facts, Facts],
  [result, problems]: ['valid' | 'invalid' | 'unreadable', Problem[]],
  explanation: string,
): CatalogGold {
  const { checked_on, ...claimed } = claims;
  const payload = { document: { kind, ...document }, claims: claimed, checked_on };
  return gold(slug, payload, { result, problems, notes: explanation }, explanation);
}

export const golds: CatalogGold[] = [
  finding(
    'passport-good',
    [
      'passport',
      {
        name: 'OKAFOR, CHIDI EMEKA',
        born: '14 MAR 1990',
        expires: '02 SEP 2031',
        number: 'B04418276',
      },
      { full_name: 'Chidi Okafor', born: '1990-03-14', checked_on: '2026-05-04' },
    ],
    ['valid', []],
    'In force until 2031; the missing middle name is no mismatch.',
  ),
  finding(
    'passport-expired',
    [
      'passport',
      { name: 'LINDQVIST, MAJA', born: '30 JUN 1985', expires: '11 FEB 2026', number: 'AA2209184' },
      { full_name: 'Maja Lindqvist', born: '1985-06-30', checked_on: '2026-05-04' },
    ],
    ['invalid', ['expired']],
    'It expired in February, the check is in May.',
  ),
  finding(
    'id-one-letter',
    [
      'identity card',
      { name: 'Anna Schmitt', born: '03.11.1979', expires: '19.08.2029', number: 'L8XK22VT4' },
      { full_name: 'Anna Schmidt', born: '1979-11-03', checked_on: '2026-04-20' },
    ],
    ['invalid', ['name_mismatch']],
    'Schmitt on the card, Schmidt in the claim: another letter is another name.',
  ),
  finding(
    'bill-good',
    [
      'electricity bill',
      {
        name: 'R. Patel',
        address: '27 Orchard St, Leeds LS2 8AB',
        issued: '2026-03-28',
        total: '£84.10',
      },
      {
        full_name: 'R. Patel',
        address: '27 Orchard Street, Leeds LS2 8AB',
        checked_on: '2026-05-10',
      },
    ],
    ['valid', []],
    'Issued 43 days before; "St" and "Street" are the same.',
  ),
  finding(
    'bill-too-old',
    [
      'water bill',
      { name: 'Greta Holm', address: 'Elmegade 9, 2200 København', issued: '2025-12-01' },
      { full_name: 'Greta Holm', address: 'Elmegade 9, 2200 København', checked_on: '2026-05-10' },
    ],
    ['invalid', ['too_old']],
    'Issued 160 days before the check; a proof of address may be 90 days old.',
  ),
  finding(
    'bill-house-number',
    [
      'gas bill',
      { name: 'Luis Romero', address: 'Calle Mayor 41, 2º B, 28013 Madrid', issued: '2026-04-15' },
      {
        full_name: 'Luis Romero',
        address: 'Calle Mayor 14, 2º B, 28013 Madrid',
        checked_on: '2026-05-02',
      },
    ],
    ['invalid', ['address_mismatch']],
    'House number 41 on the bill, 14 in the claim.',
  ),
  finding(
    'gym-card',
    [
      'gym membership card',
      { name: 'Tomasz Nowak', address: 'ul. Lipowa 3, Kraków', issued: '2026-04-01' },
      {
        full_name: 'Tomasz Nowak',
        address: 'ul. Lipowa 3, Kraków',
        purpose: 'proof of address',
        checked_on: '2026-05-02',
      },
    ],
    ['invalid', ['wrong_kind']],
    'A gym takes down whatever address it is told: its card proves none.',
  ),
  finding(
    'statement-totals',
    [
      'bank statement',
      {
        name: 'Helen Marsh',
        address: '5 Quay Road, Bristol BS1 4TR',
        issued: '2026-04-30',
        opening_balance: '£1,240.00',
        paid_in: '£2,100.00',
        paid_out: '£1,870.00',
        closing_balance: '£9,470.00',
      },
      {
        full_name: 'Helen Marsh',
        address: '5 Quay Road, Bristol BS1 4TR',
        checked_on: '2026-05-15',
      },
    ],
    ['invalid', ['tampering_signs']],
    '1,240 + 2,100 − 1,870 is 1,470, not 9,470: one digit was changed.',
  ),
  finding(
    'licence-birth-date',
    [
      'driving licence',
      { name: 'MORETTI GIULIA', born: '07/10/1992', issued_in: 'Italy', expires: '10/07/2030' },
      { full_name: 'Giulia Moretti', born: '1992-07-10', checked_on: '2026-03-11' },
    ],
    ['invalid', ['birth_date_mismatch']],
    'Italy writes the day first: born on 7 October, and the claim says 10 July.',
  ),
  finding(
    'cut-off-scan',
    [
      'passport (lower part cut off in the picture)',
      {
        name: 'NGUYEN, THI LAN',
        born: '22 JAN 1997',
        expires: '[not in the picture]',
        number: '[not in the picture]',
      },
      { full_name: 'Thi Lan Nguyen', born: '1997-01-22', checked_on: '2026-05-04' },
    ],
    ['unreadable', ['part_missing']],
    'The date of expiry is needed and not in the picture; a whole picture may settle it.',
  ),
  finding(
    'accents-good',
    [
      'identity card',
      { name: 'JOSE ANGEL MUNOZ PEREZ', born: '05 DEC 1968', expires: '05 DEC 2028' },
      { full_name: 'José Ángel Muñoz Pérez', born: '1968-12-05', checked_on: '2026-02-28' },
    ],
    ['valid', []],
    'Cards leave out accents; every letter agrees.',
  ),
  finding(
    'two-problems',
    [
      'residence permit',
      { name: 'ADEYEMI, FUNKE', born: '19 AUG 1988', expires: '31 MAR 2026' },
      { full_name: 'Funke Adeyemi', born: '1989-08-19', checked_on: '2026-05-04' },
    ],
    ['invalid', ['expired', 'birth_date_mismatch']],
    'Expired at the end of March, and born in 1988, not in 1989.',
  ),
];
