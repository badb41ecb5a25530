import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Actor, SYSTEM } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { holdForTask } from '@/server/testing/hold-for-tasks';
import { creditOrganization, reverseCredit } from './credit-organization';
import { listCredits } from './list-credits';
import { listStatement } from './list-statement';
import { getBalance } from './queries';
import { reconcile } from './reconcile-ledger';

useTestDatabase();

const operator: Actor = { kind: 'operator', userId: newId(), mode: 'live' };
const reason = 'Invoice 7 was paid.';

async function customer() {
  const organization = await createOrganization({ funds: 0n });
  return { organizationId: organization.id, owner: await memberActor(organization, 'live') };
}

const credit = (organizationId: string, amountSats = 1_000) => ({
  key: randomUUID(),
  organizationId,
  mode: 'live' as const,
  amountSats,
  reason,
});

describe('an operator’s credit', () => {
  it('can be spent, is read with its reason by the organization, and balances', async () => {
    const { organizationId, owner } = await customer();
    expect(await creditOrganization(operator, credit(organizationId))).toMatchObject({
      availableSats: 1_000,
      again: false,
    });
    await transaction((tx) =>
      holdForTask(tx, { mode: 'live', organizationId, taskId: newId(), amountSats: 300n }),
    );
    expect(await getBalance(owner)).toMatchObject({ available_sats: 700, held_sats: 300 });
    const { data } = await listStatement(owner, { limit: 10 });
    expect(
      data.map(({ kind, reason: why, available_sats }) => [kind, why, available_sats]),
    ).toEqual([
      ['hold', null, -300],
      ['credit', reason, 1_000],
    ]);
    const entry = await db.auditEntry.findFirstOrThrow({
      where: { organizationId, action: 'balance.credited' },
    });
    expect(entry.data).toEqual({ sats: 1_000, mode: 'live', reason });
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('counts once by its key, however often and however many at once ask', async () => {
    const { organizationId, owner } = await customer();
    const same = credit(organizationId);
    const receipts = await Promise.all(
      Array.from({ length: 8 }, () => creditOrganization(operator, same)),
    );
    expect(receipts.filter(({ again }) => !again)).toHaveLength(1);
    expect(await getBalance(owner)).toMatchObject({ available_sats: 1_000 });
    await expect(
      creditOrganization(operator, { ...same, amountSats: 2_000 }),
    ).rejects.toMatchObject({ status: 409, code: 'idempotency_mismatch' });
    expect(
      await db.auditEntry.count({ where: { organizationId, action: 'balance.credited' } }),
    ).toBe(1);
  });

  it('is taken back in parts, never more than is left of it', async () => {
    const { organizationId, owner } = await customer();
    await creditOrganization(operator, credit(organizationId));
    const creditId = (await listCredits(organizationId, 'live'))[0]?.id ?? '';
    const back = (amountSats: number) =>
      reverseCredit(operator, { key: randomUUID(), creditId, amountSats, reason: 'A slip.' });
    await back(400);
    await expect(back(601)).rejects.toMatchObject({ code: 'credit_not_left' });
    await back(600);
    expect(await getBalance(owner)).toMatchObject({ available_sats: 0 });
    expect((await listCredits(organizationId, 'live'))[0]).toMatchObject({ leftSats: 0 });
    expect(await reconcile()).toMatchObject({ ok: true });
  });

  it('is not taken back from what open tasks hold', async () => {
    const { organizationId } = await customer();
    await creditOrganization(operator, credit(organizationId));
    await transaction((tx) =>
      holdForTask(tx, { mode: 'live', organizationId, taskId: newId(), amountSats: 900n }),
    );
    const creditId = (await listCredits(organizationId, 'live'))[0]?.id ?? '';
    await expect(
      reverseCredit(operator, { key: randomUUID(), creditId, amountSats: 101, reason: 'A slip.' }),
    ).rejects.toMatchObject({ status: 409, message: /has 100 sats to spend/ });
  });

  it('is made by the command line as well, and refused to everybody else', async () => {
    const { organizationId, owner } = await customer();
    await creditOrganization(SYSTEM, credit(organizationId));
    const worker: Actor = { kind: 'worker', workerId: newId(), userId: newId(), mode: 'live' };
    for (const actor of [owner, worker]) {
      await expect(creditOrganization(actor, credit(organizationId))).rejects.toMatchObject({
        status: 403,
      });
    }
    await expect(creditOrganization(operator, credit(newId()))).rejects.toMatchObject({
      status: 404,
    });
    await db.organization.update({
      where: { id: organizationId },
      data: { deletedAt: new Date() },
    });
    await expect(creditOrganization(operator, credit(organizationId))).rejects.toMatchObject({
      code: 'organization_closed',
    });
  });

  it.each([0, -1, 0.5, 100_000_001])('is refused by the amount of %s', async (amountSats) => {
    await expect(creditOrganization(operator, credit(newId(), amountSats))).rejects.toMatchObject({
      name: 'ZodError',
    });
  });
});
