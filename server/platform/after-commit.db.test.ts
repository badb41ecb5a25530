import { expect, it } from 'vitest';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization } from '@/server/testing/factories';
import { afterCommit, db, type Tx, transaction } from './db';

useTestDatabase();

it('what is asked for after a commit sees what was committed', async () => {
  const { id } = await createOrganization({ name: 'Before' });
  let seen: Promise<{ name: string }> | undefined;
  await transaction(async (tx) => {
    await tx.organization.update({ where: { id }, data: { name: 'After' } });
    afterCommit(tx, () => {
      seen = db.organization.findUniqueOrThrow({ where: { id }, select: { name: true } });
    });
    expect(seen).toBeUndefined();
  });
  expect(await seen).toEqual({ name: 'After' });
});

it('is not called for a transaction that failed, and once for one that was tried again', async () => {
  const called: string[] = [];
  const failing = transaction(async (tx) => {
    afterCommit(tx, () => called.push('failed'));
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
  let attempts = 0;
  await transaction(async (tx) => {
    attempts += 1;
    afterCommit(tx, () => called.push(`attempt ${attempts}`));
    if (attempts === 1) throw Object.assign(new Error('deadlock'), { code: '40P01' });
  });
  expect(called).toEqual(['attempt 2']);
});

it('is refused for what is no transaction', () => {
  expect(() => afterCommit(db as unknown as Tx, () => undefined)).toThrow(
    'not opened by transaction()',
  );
});
