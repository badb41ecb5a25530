import type { Mode } from '@/server/platform/actor';

/** One payment attempt. */
export interface RailRequest {
  /** The idempotency key: a rail pays it at most once. */
  attemptId: string;
  amountSats: bigint;
  /** A Lightning address or a BOLT11 invoice; null if the rail knows the destination. */
  destination: string | null;
  mode: Mode;
  /** The maximum fee on top of the amount. */
  feeLimitSats: bigint;
}

/**
 * What will be sent. It is stored with the attempt before anything is sent, so that exactly this
 * payment can be looked up afterwards.
 */
export interface Preparation {
  /** The BOLT11 invoice to pay; null on rails without invoices. */
  invoice: string | null;
  /** 64 hexadecimal digits; the SHA-256 of the preimage that proves the payment. */
  paymentHash: string | null;
  /** The rail's own ID of the preparation, such as a quote. */
  externalId: string | null;
  /** After this it can no longer be paid; null if it never expires. */
  expiresAt: Date | null;
}

export interface PreparedRequest extends RailRequest {
  preparation: Preparation;
}

/** For rails that pay by the attempt's ID alone. */
export const NOTHING_PREPARED: Preparation = {
  invoice: null,
  paymentHash: null,
  externalId: null,
  expiresAt: null,
};

/** Why a rail rejects a payment. Nothing was or will be sent. */
export interface Refusal {
  status: 'refused';
  /** A sentence for the worker and for operators. */
  reason: string;
  /** If the fault is not the destination's, another rail may help. */
  fault: 'destination' | 'rail';
  /** Whether a retry would be rejected again. */
  final: boolean;
}

export interface Paid {
  status: 'paid';
  /** The rail's own payment ID. */
  externalId: string;
  /** 64 hexadecimal digits: proof of payment, if the rail has one. */
  preimage: string | null;
  /** The rail's fee on top of the amount. */
  feeSats: bigint;
}

export type PrepareResult = { status: 'ready'; preparation: Preparation } | Refusal;
/**
 * In flight; `lookup` reports the outcome, by `externalId` if the rail has just assigned one, which
 * is then stored with the preparation.
 */
export interface Pending {
  status: 'pending';
  externalId?: string;
}
export type RailResult = Paid | Refusal | Pending;
/** `absent`: the rail does not know the payment. */
export type RailFound = RailResult | { status: 'absent' };
/** `unknown`: the rail responds but cannot tell; an operator has to find out. */
export type RailLookup = RailFound | { status: 'unknown' };

/** A payment rail. One file each; the shared suite runs against every one. */
export interface Rail {
  /** The name of its ledger account and in its attempts. */
  readonly name: string;
  /**
   * Determines what exactly will be sent, such as a Lightning address's invoice. Sends nothing.
   * @throws network errors; nothing has happened then.
   */
  prepare(request: RailRequest): Promise<PrepareResult>;
  /**
   * Pays what was prepared, or rejects it. Idempotent per preparation.
   * @throws network errors: the outcome is then unknown until `lookup` reports it.
   */
  pay(request: PreparedRequest): Promise<RailResult>;
  /**
   * Looks up a prepared payment whose response was lost.
   * @throws network errors; it is retried later.
   */
  lookup(request: PreparedRequest): Promise<RailLookup>;
  /**
   * Whether `absent` is final at once, because the rail rejects the payment from then on. Elsewhere
   * a request may still be in flight, and only the invoice's expiry makes it final.
   */
  readonly voidsAbsent: boolean;
}

/** An invoice to receive sats. */
export interface IncomingInvoice {
  invoice: string;
  paymentHash: string;
  expiresAt: Date;
}

export type IncomingState =
  | { status: 'open' }
  | { status: 'settled'; amountSats: bigint }
  | { status: 'expired' };

/** A rail's health. */
export interface RailHealth {
  /** The sendable balance; null if the rail does not report it. */
  balanceSats: bigint | null;
}

export interface PaymentNames {
  /** Extracts the payment ID from an operator's input; null if it is none. */
  of(given: string): string | null;
  /** Whether an attempt's external ID is a payment ID. */
  has(externalId: string | null): boolean;
}

/** A rail that sends and receives over Lightning, with a health check. */
export interface LightningRail extends Rail {
  /** @throws network errors. */
  createInvoice(input: {
    amountSats: bigint;
    description: string;
    expirySeconds: number;
    /** Where the rail sends payment notifications; null if it is only polled. */
    notifyUrl: string | null;
  }): Promise<IncomingInvoice>;
  /** @throws network errors. */
  lookupInvoice(paymentHash: string): Promise<IncomingState>;
  /** @throws network errors. */
  health(): Promise<RailHealth>;
  /** For rails that can only look payments up by an ID from their response. */
  readonly names?: PaymentNames;
  /** Closes its connections, if any. */
  close?(): void;
}
