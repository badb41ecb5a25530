import { expect, it } from 'vitest';
import { creditOrganization } from '@/server/features/ledger';
import { setSpendLimits } from '@/server/features/ledger/spend-limits';
import { watchBalances } from '@/server/features/ledger/watch-balances';
import { SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { isSignedBy } from '@/server/platform/sign-event';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { holdForTask } from '@/server/testing/hold-for-tasks';
import { useStack } from '@/server/testing/stack';
import { createTestClock } from '@/server/testing/test-clock';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';
import { openEndpointSecrets } from './endpoint-secret';
import { createEndpoint } from './index';
import { createLowBalanceDeliveries } from './tell-low-balance';

const time = createTestClock(Date.now());
const stack = useStack(useTestDatabase(), time);
const receiver = useWebhookReceiver();

const mode = 'test' as const;

it('endpoints that want it are told of a low balance, signed, once each time it falls', async () => {
  const organization = await createOrganization({ funds: 1_000n });
  const owner = await memberActor(organization);
  await createEndpoint(owner, { url: receiver.url('/all') });
  const { id } = await createEndpoint(owner, {
    url: receiver.url('/wanted'),
    events: ['balance.low'],
  });
  await createEndpoint(owner, { url: receiver.url('/other'), events: ['task.failed'] });
  await createEndpoint(await memberActor(organization, 'live'), { url: receiver.url('/live') });

  const hold = async (amountSats: bigint) => {
    const held = { mode, organizationId: organization.id, taskId: newId(), amountSats };
    await transaction((tx) => holdForTask(tx, held));
    await watchBalances();
    await watchBalances();
    await stack.settle();
  };
  await setSpendLimits(owner, { maxSpendSatsPerDay: null, lowBalanceSats: 500, version: 0 });
  await hold(400n);
  expect(receiver.received('/wanted')).toEqual([]);
  await hold(200n);
  expect(receiver.received('/wanted')).toHaveLength(1);
  await hold(100n);
  const [first] = receiver.received('/wanted');
  const event = JSON.parse(first?.body ?? '{}');
  expect(event).toMatchObject({ object: 'event', type: 'balance.low', mode });
  expect(event.data).toEqual({
    ...{ object: 'balance', mode, available_sats: 400, held_sats: 600, threshold_sats: 500 },
  });
  const endpoint = await db.endpoint.findUniqueOrThrow({ where: { id } });
  const header = (name: string) => String(first?.headers[name]);
  expect(
    isSignedBy(openEndpointSecrets(endpoint, clock.now()), {
      eventId: event.id,
      timestamp: header('webhook-timestamp'),
      body: first?.body ?? '',
      signatures: header('webhook-signature'),
    }),
  ).toBe(true);

  const key = newId();
  await creditOrganization(SYSTEM, {
    ...{ key, organizationId: organization.id, mode, amountSats: 1_000, reason: 'Paid again.' },
  });
  await hold(900n);
  expect(receiver.received('/wanted')).toHaveLength(2);
  expect(receiver.received('/all')).toHaveLength(2);
  expect([receiver.received('/other'), receiver.received('/live')]).toEqual([[], []]);
});

it('a fact that is told again adds nothing', async () => {
  const organization = await createOrganization();
  await createEndpoint(await memberActor(organization), { url: receiver.url('/again') });
  const fact = {
    ...{ eventId: newId(), organizationId: organization.id, mode },
    ...{ availableSats: 1, heldSats: 0, thresholdSats: 5, createdAt: new Date().toISOString() },
  };
  const tell = () => transaction((tx) => createLowBalanceDeliveries(tx, fact));
  const made = await tell();
  expect(made).toHaveLength(1);
  expect(await tell()).toEqual(made);
});
