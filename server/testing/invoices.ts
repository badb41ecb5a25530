import { randomBytes } from 'node:crypto';
import { bech32 } from '@scure/base';
import { clock } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';

/** BOLT11 field types, as indexes into the bech32 alphabet. */
const FIELDS = { p: 1, x: 6, d: 13, s: 16 } as const;
const TENTHS_PER_SAT = 10n;
/** A signature and its recovery id, in five-bit words. Parsers here do not verify it. */
const SIGNATURE_WORDS = 104;

export interface MadeInvoice {
  text: string;
  paymentHash: string;
  preimage: string;
}

/** A BOLT11 invoice with its checksum, as created by a wallet. */
export function makeInvoice(
  input: {
    /** Null lets the payer choose. */
    amountSats?: bigint | null;
    expirySeconds?: number;
    description?: string;
    network?: 'bc' | 'tb' | 'tbs' | 'bcrt';
    createdAt?: Date;
  } = {},
): MadeInvoice {
  const { amountSats = 100n, expirySeconds = 3_600, description = 'HumanRail' } = input;
  const { network = 'bc', createdAt = clock.now() } = input;
  const preimage = randomBytes(32);
  const paymentHash = sha256Hex(preimage);
  const amount = amountSats === null ? '' : `${amountSats * TENTHS_PER_SAT}n`;
  const words = [
    ...numberWords(Math.floor(createdAt.getTime() / 1_000), 7),
    ...field('p', bech32.toWords(Buffer.from(paymentHash, 'hex'))),
    ...field('s', bech32.toWords(randomBytes(32))),
    ...field('d', bech32.toWords(Buffer.from(description))),
    ...field('x', numberWords(expirySeconds, 4)),
    ...Array.from({ length: SIGNATURE_WORDS }, () => 0),
  ];
  return {
    text: bech32.encode(`ln${network}${amount}`, words, false),
    paymentHash,
    preimage: preimage.toString('hex'),
  };
}

const field = (name: keyof typeof FIELDS, words: readonly number[]) => [
  FIELDS[name],
  ...numberWords(words.length, 2),
  ...words,
];

/** The lowest `length` groups of five bits, highest first. */
function numberWords(value: number, length: number): number[] {
  return Array.from({ length }, (_, index) => Math.floor(value / 32 ** (length - 1 - index)) % 32);
}
