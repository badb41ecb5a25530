import { decode } from 'light-bolt11-decoder';
import { INVOICE_CHARS_MAX } from './limits';

/** Where an invoice's sats live: the main network, or one of those for trials. */
export type LightningNetwork = 'mainnet' | 'testnet' | 'signet' | 'regtest';

const NETWORKS: Record<string, LightningNetwork> = {
  bc: 'mainnet',
  tb: 'testnet',
  tbs: 'signet',
  bcrt: 'regtest',
};

/** What BOLT11 takes for granted where an invoice does not say how long it is good for. */
const EXPIRY_SECONDS_DEFAULT = 3_600;

/** A BOLT11 invoice, as far as paying it needs. */
export interface Invoice {
  /** In lower case, without `lightning:`. */
  text: string;
  network: LightningNetwork;
  /** 64 hexadecimal digits; the SHA-256 of the preimage that proves the payment. */
  paymentHash: string;
  /** Thousandths of a sat; null where the payer chooses. */
  amountMsats: bigint | null;
  description: string | null;
  /** 64 hexadecimal digits; null where the invoice describes itself in words. */
  descriptionHash: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/** Reads a BOLT11 invoice, its checksum included; null for any other text. */
export function readInvoice(given: string): Invoice | null {
  const text = given
    .trim()
    .toLowerCase()
    .replace(/^lightning:/, '');
  if (text.length > INVOICE_CHARS_MAX || !text.startsWith('ln')) return null;
  const sections = sectionsOf(text);
  if (!sections) return null;
  const network = NETWORKS[prefixOf(sections.get('coin_network'))];
  const paymentHash = sections.get('payment_hash');
  const timestamp = sections.get('timestamp');
  if (!network || typeof paymentHash !== 'string' || typeof timestamp !== 'number') return null;
  const amount = sections.get('amount');
  const expiry = sections.get('expiry');
  const seconds = typeof expiry === 'number' ? expiry : EXPIRY_SECONDS_DEFAULT;
  return {
    text,
    network,
    paymentHash,
    amountMsats: typeof amount === 'string' ? BigInt(amount) : null,
    description: textOrNull(sections.get('description')),
    descriptionHash: textOrNull(sections.get('description_hash')),
    createdAt: new Date(timestamp * 1000),
    expiresAt: new Date((timestamp + seconds) * 1000),
  };
}

function sectionsOf(text: string): Map<string, unknown> | null {
  try {
    const { sections } = decode(text);
    return new Map(sections.map((each) => [each.name, 'value' in each ? each.value : null]));
  } catch {
    return null;
  }
}

function prefixOf(network: unknown): string {
  const { bech32 } = (network ?? {}) as { bech32?: unknown };
  return typeof bech32 === 'string' ? bech32 : '';
}

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);
