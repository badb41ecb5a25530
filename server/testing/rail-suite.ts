import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type LightningRail,
  NOTHING_PREPARED,
  type PreparedRequest,
  type RailRequest,
  type RailResult,
} from '@/server/features/payouts/rails/rail';
import { RailForbidden, RailUnreachable } from '@/server/features/payouts/rails/rail-http';
import { sha256Hex } from '@/server/platform/crypto';
import { newId } from '@/server/platform/ids';
import { readInvoice } from '@/server/platform/lightning';

/** A rail, misconfigured variants of it, and a counterparty to pay and be paid by. */
export interface RailBench {
  /** Its balance is at least 10,000 and below 10,000,000 sats. */
  rail: LightningRail;
  /** Same, with unknown credentials. */
  stranger: LightningRail;
  /** Same, at an address where nothing listens. */
  unreachable: LightningRail;
  /** A BOLT11 invoice of the payee. */
  invoice(amountSats: number): Promise<string>;
  /** Total paid to the payee, in sats, by the payee's own records. */
  received(): Promise<number>;
  /** Pays an invoice of the rail from outside. */
  payIncoming(invoice: string): Promise<void>;
  stop(): Promise<void>;
}

/** Nodes take a moment to settle a payment. */
const WAIT = { timeout: 10_000, interval: 200 };
const SECONDS = 3_600;

/**
 * The contract of every Lightning rail, whichever wallet or node it uses.
 * @param needsFee whether a payment with a fee limit of zero is impossible.
 * @param unheard its status for a payment it never received: `unknown` if payments are looked up by
 * a name that only its response contains.
 */
export function describeRail(
  name: string,
  open: () => Promise<RailBench>,
  { needsFee, unheard = 'absent' }: { needsFee: boolean; unheard?: 'absent' | 'unknown' },
): void {
  describe(name, () => {
    let bench: RailBench;
    beforeAll(async () => {
      bench = await open();
    }, 180_000);
    afterAll(() => bench?.stop());

    async function request(over: Partial<RailRequest> = {}): Promise<RailRequest> {
      const amountSats = over.amountSats ?? 100n;
      return {
        ...{ attemptId: newId(), amountSats, mode: 'live', feeLimitSats: 10n },
        destination: over.destination ?? (await bench.invoice(Number(amountSats))),
        ...over,
      };
    }

    async function prepared(over: Partial<RailRequest> = {}): Promise<PreparedRequest> {
      const asked = await request(over);
      const result = await bench.rail.prepare(asked);
      if (result.status !== 'ready') throw new Error(result.reason);
      return { ...asked, preparation: result.preparation };
    }

    /** Same, with the name assigned by the rail, as stored with an attempt. */
    function named(asked: PreparedRequest, result: RailResult): PreparedRequest {
      const externalId = 'externalId' in result ? result.externalId : undefined;
      const { preparation } = asked;
      return externalId ? { ...asked, preparation: { ...preparation, externalId } } : asked;
    }

    /** Pays, and waits for the final status if it is not immediate. */
    async function paid(asked: PreparedRequest) {
      const first = await bench.rail.pay(asked);
      if (first.status !== 'pending') return first;
      return vi.waitFor(async () => {
        const found = await bench.rail.lookup(named(asked, first));
        expect(found.status).not.toMatch(/pending|absent|unknown/);
        return found;
      }, WAIT);
    }

    it('prepares the invoice that it will pay, and sends nothing', async () => {
      const before = await bench.received();
      const { destination, preparation } = await prepared();
      const { paymentHash, expiresAt } = readInvoice(destination ?? '') ?? {};
      expect(preparation).toMatchObject({ invoice: destination, paymentHash });
      const endsMs = preparation.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
      expect(endsMs).toBeGreaterThan(Date.now());
      expect(endsMs).toBeLessThanOrEqual(expiresAt?.getTime() ?? 0);
      expect(await bench.received()).toBe(before);
    });

    it('pays what it prepared, within the fee limit, and has proof of it', async () => {
      const before = await bench.received();
      const asked = await prepared();
      const result = await paid(asked);
      if (result.status !== 'paid') throw new Error(JSON.stringify(result));
      expect(result.externalId).toBeTruthy();
      expect(result.feeSats).toBeLessThanOrEqual(asked.feeLimitSats);
      if (result.preimage !== null) {
        const hash = sha256Hex(Buffer.from(result.preimage, 'hex'));
        expect(hash).toBe(asked.preparation.paymentHash);
      }
      expect(await bench.received()).toBe(before + 100);
      expect(await bench.rail.lookup(named(asked, result))).toEqual(result);
    });

    it('moves nothing twice, however often the same preparation is paid', async () => {
      const before = await bench.received();
      const asked = await prepared();
      const all = Array.from({ length: 4 }, () => bench.rail.pay(asked));
      const told = (await Promise.allSettled(all)).flatMap((one) =>
        one.status === 'fulfilled' ? [one.value] : [],
      );
      const known = told.reduce(named, asked);
      const end = await vi.waitFor(async () => {
        const found = await bench.rail.lookup(known);
        expect(found.status).toBe('paid');
        return found;
      }, WAIT);
      expect(await bench.received()).toBe(before + 100);
      const again = await bench.rail.pay(asked).catch((error: unknown) => error);
      // It may also respond that the status is not known yet: the caller then looks it up.
      expect([end, { status: 'pending' }, expect.any(RailUnreachable)]).toContainEqual(again);
      expect(await bench.received()).toBe(before + 100);
      expect(await bench.rail.lookup(known)).toEqual(end);
    });

    it('knows nothing of what it was never told to pay', async () => {
      expect(await bench.rail.lookup(await prepared())).toEqual({ status: unheard });
    });

    it('does not take its own invoice for a payment of it', async () => {
      const { invoice } = await bench.rail.createInvoice({
        ...{ amountSats: 50n, description: 'Test', expirySeconds: SECONDS, notifyUrl: null },
      });
      await bench.payIncoming(invoice);
      const { paymentHash = null } = readInvoice(invoice) ?? {};
      const asked = await request({ amountSats: 50n, destination: invoice });
      const preparation = { ...NOTHING_PREPARED, invoice, paymentHash };
      expect(await bench.rail.lookup({ ...asked, preparation })).toEqual({ status: unheard });
    });

    it('says why it does not pay what it cannot, and has paid nothing', async () => {
      const before = await bench.received();
      const amountSats = 10_000_000n;
      const asked = await request({ amountSats, feeLimitSats: 1_000_000n });
      const ready = await bench.rail.prepare(asked);
      const refused = {
        status: 'refused',
        fault: 'rail',
        reason: expect.stringMatching(/\w.*\.$/),
      };
      if (ready.status === 'refused') expect(ready).toMatchObject(refused);
      else {
        const sent = { ...asked, preparation: ready.preparation };
        expect(await paid(sent)).toMatchObject(refused);
        expect((await bench.rail.lookup(sent)).status).toMatch(/absent|refused|unknown/);
      }
      expect(await bench.received()).toBe(before);
    });

    it.runIf(needsFee)('does not pay where it would cost more than allowed', async () => {
      const before = await bench.received();
      const asked = await request({ amountSats: 1_000n, feeLimitSats: 0n });
      const ready = await bench.rail.prepare(asked);
      const result =
        ready.status === 'refused'
          ? ready
          : await paid({ ...asked, preparation: ready.preparation });
      expect(result).toMatchObject({ status: 'refused', fault: 'rail' });
      expect(await bench.received()).toBe(before);
    });

    it('refuses an invoice over another amount, which is the destination’s fault', async () => {
      const destination = await bench.invoice(99);
      const result = await bench.rail.prepare(await request({ destination }));
      expect(result).toMatchObject({ status: 'refused', fault: 'destination', final: true });
    });

    it('makes invoices, and knows when they are paid', async () => {
      const made = await bench.rail.createInvoice({
        ...{ amountSats: 321n, description: 'Sats for tasks', expirySeconds: SECONDS },
        notifyUrl: 'https://rail.example.com/notify',
      });
      const read = readInvoice(made.invoice);
      expect(read).toMatchObject({ amountMsats: 321_000n, paymentHash: made.paymentHash });
      expect(read?.description).toBe('Sats for tasks');
      expect(Math.abs(made.expiresAt.getTime() - Date.now() - SECONDS * 1_000)).toBeLessThan(
        60_000,
      );
      expect(await bench.rail.lookupInvoice(made.paymentHash)).toEqual({ status: 'open' });
      await bench.payIncoming(made.invoice);
      const settled = { status: 'settled', amountSats: 321n };
      await vi.waitFor(
        async () => expect(await bench.rail.lookupInvoice(made.paymentHash)).toEqual(settled),
        WAIT,
      );
    });

    it('knows when an invoice can no longer be paid', async () => {
      const { paymentHash } = await bench.rail.createInvoice({
        ...{ amountSats: 5n, description: 'Short', expirySeconds: 1, notifyUrl: null },
      });
      await vi.waitFor(
        async () =>
          expect(await bench.rail.lookupInvoice(paymentHash)).toEqual({ status: 'expired' }),
        WAIT,
      );
    });

    it('says what it can send', async () => {
      const { balanceSats } = await bench.rail.health();
      const before = balanceSats ?? 0n;
      expect(before).toBeGreaterThanOrEqual(5_000n);
      await paid(await prepared());
      const after = (await bench.rail.health()).balanceSats ?? 0n;
      expect(Number(before - after)).toBeGreaterThanOrEqual(100);
      expect(Number(before - after)).toBeLessThanOrEqual(110);
    });

    it('never calls a payment absent to credentials that it does not know', async () => {
      const asked = await prepared();
      await expect(bench.stranger.pay(asked)).rejects.toThrow(RailForbidden);
      await expect(bench.stranger.lookup(asked)).rejects.toThrow(RailForbidden);
      await expect(bench.stranger.health()).rejects.toThrow(RailForbidden);
      await paid(asked);
      await expect(bench.stranger.lookup(asked)).rejects.toThrow(RailForbidden);
    });

    it('does not guess what became of a payment where it cannot be reached', async () => {
      const asked = await prepared();
      await expect(bench.unreachable.pay(asked)).rejects.toThrow(RailUnreachable);
      await expect(bench.unreachable.lookup(asked)).rejects.toThrow(RailUnreachable);
      await expect(bench.unreachable.health()).rejects.toThrow(RailUnreachable);
    });
  });
}
