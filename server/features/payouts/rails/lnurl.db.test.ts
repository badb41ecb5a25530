import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';
import { setPayoutDestination } from '../payout-settings';
import { resolveLightningAddress } from './lnurl';

useTestDatabase();
const wallet = useWebhookReceiver();

const host = () => new URL(wallet.url('/')).host;

/** A wallet that answers for `name` as LNURL-pay has it, or as told. */
function answers(name: string, answer: Record<string, unknown>, status = 200): string {
  const body = JSON.stringify({
    tag: 'payRequest',
    callback: wallet.url('/callback'),
    minSendable: 1_000,
    maxSendable: 100_000_000,
    metadata: '[["text/plain","Sats for somebody"]]',
    ...answer,
  });
  wallet.answer(`/.well-known/lnurlp/${name}`, { status, body });
  return `${name}@${host()}`;
}

const refusal = (code: string, says: RegExp) =>
  expect.objectContaining({
    status: 422,
    code,
    param: 'address',
    message: expect.stringMatching(says),
  });

describe('a Lightning address', () => {
  it('is asked what it takes, in sats', async () => {
    expect(await resolveLightningAddress(answers('ada', {}), 'live')).toEqual({
      address: `ada@${host()}`,
      callback: wallet.url('/callback'),
      minSats: 1,
      maxSats: 100_000,
    });
  });

  it.each([
    [
      'that its wallet does not know',
      { status: 'ERROR', reason: 'no such user' },
      200,
      'no_such_destination',
      /no such user/,
    ],
    ['that is not found', {}, 404, 'no_such_destination', /part before the @/],
    ['whose wallet is out of order', {}, 503, 'destination_unreachable', /Try again later/],
    [
      'of a host that does something else',
      { tag: 'withdrawRequest' },
      200,
      'not_a_lightning_address',
      /e-mail address/,
    ],
    [
      'whose limits contradict each other',
      { minSendable: 5_000, maxSendable: 1_000 },
      200,
      'not_a_lightning_address',
      /does not take/,
    ],
    [
      'that takes no small payment',
      { minSendable: 500_000 },
      200,
      'destination_minimum_too_high',
      /below 500 sats/,
    ],
    [
      'that takes no large payment',
      { maxSendable: 1_000_000 },
      200,
      'destination_maximum_too_low',
      /above 1000 sats/,
    ],
    [
      'that would have invoices asked for inside',
      { callback: 'http://169.254.169.254/pay' },
      200,
      'destination_not_public',
      /not a public address/,
    ],
    [
      'without a place to ask for invoices',
      { callback: 'nowhere' },
      200,
      'not_a_lightning_address',
      /another wallet/,
    ],
  ] as const)('%s is refused in words that help', async (about, answer, status, code, says) => {
    const address = answers(about.replaceAll(/[^a-z]/g, '').slice(0, 40), answer, status);
    await expect(resolveLightningAddress(address, 'live')).rejects.toEqual(refusal(code, says));
  });

  it('that answers no JSON is refused', async () => {
    wallet.answer('/.well-known/lnurlp/page', { status: 200, body: '<html>' });
    await expect(resolveLightningAddress(`page@${host()}`, 'live')).rejects.toEqual(
      refusal('not_a_lightning_address', /does not take/),
    );
  });

  it('whose host is not there is refused, without a failure of ours', async () => {
    await expect(resolveLightningAddress('a@127.0.0.1:1', 'live')).rejects.toEqual(
      refusal('destination_unreachable', /cannot be reached/),
    );
  });

  it.each(['10.0.0.1', '169.254.169.254', '192.168.1.1', '100.64.0.1'])(
    'at the private address %s is never asked',
    async (address) => {
      await expect(resolveLightningAddress(`a@${address}`, 'live')).rejects.toEqual(
        refusal('destination_not_public', /not a public address/),
      );
    },
  );

  it('on this machine is refused where the instance does not allow that', async () => {
    const address = answers('closed', {});
    env.WEBHOOKS_ALLOW_PRIVATE = false;
    try {
      await expect(resolveLightningAddress(address, 'live')).rejects.toEqual(
        refusal('destination_not_public', /not a public address/),
      );
    } finally {
      env.WEBHOOKS_ALLOW_PRIVATE = true;
    }
    expect(wallet.received('/.well-known/lnurlp/closed')).toEqual([]);
  });
});

describe('a payout destination', () => {
  it('is saved once its wallet has said yes, and taken away again', async () => {
    const actor = await workerActor();
    const address = answers('saved', {});
    expect(
      await setPayoutDestination(actor, { address: ` ${address.toUpperCase()} ` }),
    ).toMatchObject({ destination: address });
    expect(await setPayoutDestination(actor, { address: null })).toMatchObject({
      destination: null,
    });
  });

  it('that is refused leaves the one before', async () => {
    const actor = await workerActor();
    const address = answers('kept', {});
    await setPayoutDestination(actor, { address });
    await expect(
      setPayoutDestination(actor, { address: answers('gone', {}, 404) }),
    ).rejects.toMatchObject({ code: 'no_such_destination' });
    const worker = await db.worker.findUniqueOrThrow({ where: { id: actor.workerId } });
    expect(worker.payoutDestination).toBe(address);
  });

  it.each(['ada', 'ada@', '@example.com', 'a b@example.com', 'a@b/c', 'a@b?c=d', 'lnbc1abc'])(
    '"%s" is no address and is asked nowhere',
    async (address) => {
      await expect(setPayoutDestination(await workerActor(), { address })).rejects.toThrow(
        /name@example.com/,
      );
    },
  );

  it('cannot be tried without end', async () => {
    const actor = await workerActor();
    const address = answers('often', {});
    for (let n = 0; n < 10; n++) await setPayoutDestination(actor, { address });
    await expect(setPayoutDestination(actor, { address })).rejects.toMatchObject({ status: 429 });
  });
});
