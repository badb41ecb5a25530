import { decode } from 'light-bolt11-decoder';
import { INVOICE_CHARS_MAX } from './limits';

/** The network of an invoice: the main one, or a test network. */
export type LightningNetwork = 'mainnet' | 'testnet' | 'signet' | 'regtest';

const NETWORKS: Record<string, LightningNetwork> = {
  bc: 'mainnet',
  tb: 'testnet',
  tbs: 'signet',
  bcrt: 'regtest',
};

/** BOLT11's default expiry. */
const EXPIRY_SECONDS_DEFAULT = 3_600;

/** The parts of a BOLT11 invoice needed to pay it. */
export interface Invoice {
  /** In lower case, without `lightning:`. */
  text: string;
  network: LightningNetwork;
  /** 64 hexadecimal digits; the SHA-256 of the preimage that proves the payment. */
  paymentHash: string;
  /** Millisats; null if the payer chooses. */
  amountMsats: bigint | null;
  description: string | null;
  /** 64 hexadecimal digits; null if the invoice has a plain description. */
  descriptionHash: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/** Parses a BOLT11 invoice and verifies its checksum; null for any other text. */
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
