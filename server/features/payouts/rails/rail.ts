import type { Mode } from '@/server/platform/actor';

/** One try at paying. */
export interface RailRequest {
  /** The idempotency key: a rail pays it at most once, however often it is asked. */
  attemptId: string;
  amountSats: bigint;
  /** A Lightning address or a BOLT11 invoice; null where the rail knows where to. */
  destination: string | null;
  mode: Mode;
  /** The most that the rail may take on top of the amount. */
  feeLimitSats: bigint;
}

/**
 * What will be sent. It is kept with the attempt before anything is sent, so that whatever happens
 * afterwards the rail can be asked about exactly this payment.
 */
export interface Preparation {
  /** The BOLT11 invoice that will be paid; null on rails that pay without one. */
  invoice: string | null;
  /** 64 hexadecimal digits; the SHA-256 of the preimage that will prove the payment. */
  paymentHash: string | null;
  /** The rail's own name for what it prepared, such as a quote. */
  externalId: string | null;
  /** From then on it can no longer be paid; null where it can be at any time. */
  expiresAt: Date | null;
}

export interface PreparedRequest extends RailRequest {
  preparation: Preparation;
}

/** Of rails that pay under the attempt's id alone. */
export const NOTHING_PREPARED: Preparation = {
  invoice: null,
  paymentHash: null,
  externalId: null,
  expiresAt: null,
};

/** Why a rail does not pay. Nothing has left, and nothing will. */
export interface Refusal {
  status: 'refused';
  /** A sentence for the worker and for operators. */
  reason: string;
  /** Where the fault lies: another rail may help where it is not the destination's. */
  fault: 'destination' | 'rail';
  /** True where trying the same again would be refused again. */
  final: boolean;
}

export interface Paid {
  status: 'paid';
  /** The rail's own name for the payment. */
  externalId: string;
  /** 64 hexadecimal digits: proof of payment, where the rail has one. */
  preimage: string | null;
  /** What the rail took on top of the amount. */
  feeSats: bigint;
}

export type PrepareResult = { status: 'ready'; preparation: Preparation } | Refusal;
/**
 * It is under way, and `lookup` will tell: by `externalId`, where the rail has named the payment only now, which is
 * kept with what was prepared.
 */
export interface Pending {
  status: 'pending';
  externalId?: string;
}
export type RailResult = Paid | Refusal | Pending;
/** `absent`: the rail knows of no such payment. */
export type RailFound = RailResult | { status: 'absent' };
/** `unknown`: the rail answers, and has no way to say; an operator has to find out. */
export type RailLookup = RailFound | { status: 'unknown' };

/** A way to send sats to a worker. One file each; the shared suite runs against every one. */
export interface Rail {
  /** Its account in the ledger goes by it, and so do its attempts. */
  readonly name: string;
  /**
   * Finds out what exactly will be sent, such as the invoice of a Lightning address. Sends nothing.
   * @throws whatever the network throws; nothing has happened then.
   */
  prepare(request: RailRequest): Promise<PrepareResult>;
  /**
   * Pays what was prepared, or says why not. The same preparation again moves nothing a second time.
   * @throws whatever the network throws: then the outcome is not known, and `lookup` tells it.
   */
  pay(request: PreparedRequest): Promise<RailResult>;
  /**
   * What became of a prepared payment whose answer was lost.
   * @throws whatever the network throws; it is asked again later.
   */
  lookup(request: PreparedRequest): Promise<RailLookup>;
  /**
   * Whether `absent` is final at once, since the rail refuses the payment from then on. Elsewhere a
   * request may still be on its way, and only the invoice's expiry makes it final.
   */
  readonly voidsAbsent: boolean;
}

/** An invoice by which sats come in. */
export interface IncomingInvoice {
  invoice: string;
  paymentHash: string;
  expiresAt: Date;
}

export type IncomingState =
  | { status: 'open' }
  | { status: 'settled'; amountSats: bigint }
  | { status: 'expired' };

/** What a rail that answers says of itself. */
export interface RailHealth {
  /** What can be sent now; null where the rail does not say. */
  balanceSats: bigint | null;
}

export interface PaymentNames {
  /** The name, from what an operator reads of the payment at the rail; null where it is none. */
  of(given: string): string | null;
  /** Whether what an attempt is known by is such a name. */
  has(externalId: string | null): boolean;
}

/** A rail that pays over Lightning, is paid over it, and can be asked how it is. */
export interface LightningRail extends Rail {
  /** @throws whatever the network throws. */
  createInvoice(input: {
    amountSats: bigint;
    description: string;
    expirySeconds: number;
    /** Where the rail tells that it is settled; null where it is only asked. */
    notifyUrl: string | null;
  }): Promise<IncomingInvoice>;
  /** @throws whatever the network throws. */
  lookupInvoice(paymentHash: string): Promise<IncomingState>;
  /** @throws whatever the network throws. */
  health(): Promise<RailHealth>;
  /** Of rails that can be asked about a payment only by a name that they give in their answer. */
  readonly names?: PaymentNames;
  /** Ends its connections, where it keeps any. */
  close?(): void;
}
