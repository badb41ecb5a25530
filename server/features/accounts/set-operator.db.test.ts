import { expect, test } from 'vitest';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { listOperators, setOperator } from './set-operator';

useTestDatabase();

test('an account becomes an operator by its address, in any case of letters, and stops being one', async () => {
  const email = `${newId()}@example.com`;
  await db.user.create({ data: { id: newId(), email, name: 'Ada', createdAt: new Date() } });
  expect(await setOperator(email.toUpperCase(), true)).toBe(true);
  expect(await listOperators()).toContain(email);
  expect(await setOperator(email, false)).toBe(true);
  expect(await listOperators()).not.toContain(email);
  const entries = await db.auditEntry.findMany({
    where: { data: { path: ['email'], equals: email } },
    orderBy: { id: 'asc' },
  });
  expect(entries.map(({ action }) => action)).toEqual(['operator.added', 'operator.removed']);
  expect(await setOperator(`none-${email}`, true)).toBe(false);
});
