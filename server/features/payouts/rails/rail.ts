import type { Mode } from '@/server/platform/actor';

/** One try at paying; everything a rail needs to make it or to find it again. */
export interface RailRequest {
  /** The idempotency key: a rail pays it at most once, however often it is asked. */
  attemptId: string;
  amountSats: bigint;
  /** Where to, in the rail's own terms, such as a Lightning address; null where the rail knows. */
  destination: string | null;
  mode: Mode;
}

export type RailResult =
  | {
      status: 'paid';
      /** The rail's own name for the payment. */
      externalId: string;
      /** Proof of payment, where the rail has one. */
      preimage: string | null;
      /** What the rail took on top of the amount. */
      feeSats: bigint;
    }
  | {
      status: 'refused';
      reason: string;
      /** True where trying again would be refused again. */
      final: boolean;
    };

/** What became of an attempt; `absent` means that it never arrived and now never can. */
type RailLookup = RailResult | { status: 'pending' } | { status: 'absent' };

/** A way to send sats to a worker. One file each; the shared suite runs against every one. */
export interface Rail {
  readonly name: string;
  /** Whether it pays in live mode. */
  readonly paysReal: boolean;
  /**
   * Pays, or says why not. The same `attemptId` again gives the same answer and moves nothing.
   * @throws whatever the network throws: then the outcome is not known, and `lookup` tells it.
   */
  pay(request: RailRequest): Promise<RailResult>;
  /**
   * What became of an attempt whose answer was lost. Where it answers `absent` the rail must refuse
   * a later `pay` under that id, so that a message still on its way cannot pay a second time.
   */
  lookup(request: RailRequest): Promise<RailLookup>;
}
