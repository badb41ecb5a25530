import { describe, expect, it } from 'vitest';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { holdForTask } from '@/server/testing/hold-for-tasks';
import { deposit, reconcile } from './index';

useTestDatabase();

const mode = 'test' as const;

/** Books with one deposit and one hold in them. */
async function writeBooks(): Promise<{ organizationId: string; taskId: string }> {
  const [organizationId, taskId] = [newId(), newId()] as const;
  await transaction(async (tx) => {
    await deposit(tx, { mode, organizationId, amountSats: 100n, reference: organizationId });
    await holdForTask(tx, { mode, organizationId, taskId, amountSats: 40n });
  });
  return { organizationId, taskId };
}

/** Tampers with the database directly. */
async function tamper(sql: string): Promise<void> {
  await db.$transaction([
    db.$executeRawUnsafe('SET LOCAL session_replication_role = replica'),
    db.$executeRawUnsafe(sql),
  ]);
}

describe('reconcile', () => {
  it('finds nothing wrong in honest books', async () => {
    await writeBooks();
    const found = await reconcile();
    expect(found).toMatchObject({ ok: true, unbalanced: [], wrongBalances: [], wrongHolds: [] });
    expect(found.postings).toBe(2);
    expect(found.entries).toBe(4);
  });

  it('names an entry that was altered, by its posting and by its account', async () => {
    const { organizationId, taskId } = await writeBooks();
    await tamper(`
      UPDATE entries SET amount = 41
       WHERE amount = 40 AND posting_id = (SELECT id FROM postings WHERE reference = 'task:${taskId}')`);
    const found = await reconcile();
    expect(found.ok).toBe(false);
    expect(found.unbalanced).toMatchObject([
      { kind: 'hold', reference: `task:${taskId}`, sumSats: 1n },
    ]);
    expect(found.wrongBalances).toMatchObject([
      { kind: 'organization_held', owner: organizationId, balanceSats: 40n, entriesSats: 41n },
    ]);
  });

  it('names a balance that was altered', async () => {
    const { organizationId } = await writeBooks();
    await tamper(
      `UPDATE accounts SET balance = 99 WHERE owner = '${organizationId}' AND kind = 'organization_available'`,
    );
    const { wrongBalances } = await reconcile();
    expect(wrongBalances).toContainEqual(
      expect.objectContaining({ owner: organizationId, balanceSats: 99n, entriesSats: 60n }),
    );
  });

  it('names a hold that was closed by another amount', async () => {
    const { organizationId, taskId } = await writeBooks();
    const id = newId();
    await tamper(`
      WITH p AS (INSERT INTO postings (id, mode, kind, reference) VALUES ('${id}', 'test', 'release', 'task:${taskId}') RETURNING id)
      INSERT INTO entries (posting_id, account_id, amount)
      SELECT p.id, a.id, CASE a.kind WHEN 'organization_held' THEN -39 ELSE 39 END
        FROM p, accounts a WHERE a.owner = '${organizationId}'`);
    const { wrongHolds } = await reconcile();
    expect(wrongHolds).toEqual([{ reference: `task:${taskId}`, leftSats: 1n }]);
  });
});
