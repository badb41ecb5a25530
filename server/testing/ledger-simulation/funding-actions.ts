/** Incoming sats: deposits, credits and their reversals, and the caps on spending them. */
import { creditOrganization, deposit } from '@/server/features/ledger';
import { reverseCredit } from '@/server/features/ledger/credit-organization';
import { CreditNotLeft } from '@/server/features/ledger/errors';
import { pick } from '@/server/features/sandbox/random';
import { SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { type Action, anyOf, assertSame, refusalOf, satsBetween } from './world';

const REASON = 'Simulated by a seed.';

const depositFunds: Action = {
  name: 'deposit',
  weight: 5,
  async run({ random, model, steps, organizations, rail, mode }) {
    const { id: organizationId } = pick(random, organizations);
    const amountSats = satsBetween(random, 100, 2_000);
    const id = newId();
    const input = { mode, organizationId, amountSats, reference: id, rail };
    const at = clock.now();
    const row = {
      ...{ id, organizationId, mode, key: id, amountSats, receivedSats: amountSats, rail },
      ...{ status: 'settled' as const, createdBy: 'system' },
      ...{ createdAt: at, expiresAt: at, settledAt: at },
    };
    const settle = async (tx: Tx) => {
      await tx.deposit.create({ data: row });
      return deposit(tx, input);
    };
    assertSame('A deposit', await steps.together(settle), true);
    if (random() < 0.2) {
      assertSame('A deposit again', await steps.together((tx) => deposit(tx, input)), false);
    }
    model.post('deposit', `deposit:${input.reference}`, [
      ['rail_float', rail, -amountSats],
      ['organization_available', organizationId, amountSats],
    ]);
    return 'done';
  },
};

const credit: Action = {
  name: 'credit',
  weight: 1,
  async run({ random, model, steps, organizations, mode }) {
    const { id: organizationId } = pick(random, organizations);
    const amount = satsBetween(random, 10, 500);
    const key = newId();
    const input = { key, organizationId, mode, amountSats: Number(amount), reason: REASON };
    await steps.commit();
    await creditOrganization(SYSTEM, input);
    if (random() < 0.2) {
      assertSame('A credit again', (await creditOrganization(SYSTEM, input)).again, true);
    }
    const { id } = await db.operatorCredit.findUniqueOrThrow({ where: { key } });
    model.credits.push({ id, organizationId, leftSats: amount });
    model.post('credit', `credit:${id}`, [
      ['rail_float', 'operator', -amount],
      ['organization_available', organizationId, amount],
    ]);
    return 'done';
  },
};

const reversal: Action = {
  name: 'take back a credit',
  weight: 1,
  async run({ random, model, steps }) {
    const given = anyOf(random, model.credits);
    if (!given) return 'nothing to do';
    const { organizationId } = given;
    const amount = satsBetween(random, 1, 300);
    const available = model.balanceOf('organization_available', organizationId);
    const key = newId();
    await steps.commit();
    const taken = reverseCredit(SYSTEM, {
      ...{ key, creditId: given.id, amountSats: Number(amount), reason: REASON },
    });
    if (amount > given.leftSats || amount > available) {
      const refusal = await refusalOf(taken);
      assertSame('A reversal', refusal instanceof CreditNotLeft, true);
      return 'refused';
    }
    await taken;
    const { id } = await db.operatorCredit.findUniqueOrThrow({ where: { key } });
    given.leftSats -= amount;
    model.post('credit_reversal', `credit:${id}`, [
      ['rail_float', 'operator', amount],
      ['organization_available', organizationId, -amount],
    ]);
    return 'done';
  },
};

const cap: Action = {
  name: 'cap',
  weight: 1,
  async run({ random, model, steps, organizations, mode }) {
    const { id: organizationId, keys } = pick(random, organizations);
    const sats = random() < 0.5 ? null : satsBetween(random, 200, 3_000);
    const spender = pick(random, [organizationId, ...keys]);
    if (sats === null) model.caps.delete(spender);
    else model.caps.set(spender, sats);
    await steps.commit();
    if (spender === organizationId) {
      await db.spendLimit.upsert({
        where: { organizationId_mode: { organizationId, mode } },
        create: { organizationId, mode, maxSpendSatsPerDay: sats },
        update: { maxSpendSatsPerDay: sats },
      });
    } else {
      await db.apiKey.update({ where: { id: spender }, data: { maxSpendSatsPerDay: sats } });
    }
    return 'done';
  },
};

const nextDay: Action = {
  name: 'midnight',
  weight: 0.5,
  async run(world) {
    world.now = new Date(world.now.getTime() + 86_400_000);
    return 'done';
  },
};

export const FUNDING_ACTIONS: readonly Action[] = [depositFunds, credit, reversal, cap, nextDay];
