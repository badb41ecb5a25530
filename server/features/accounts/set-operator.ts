import { audit } from '@/server/features/organizations';
import { SYSTEM } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';

/**
 * Grants or revokes the operator role for an e-mail address. It requires access to the database, so
 * there is no actor.
 * @returns false if no account has the address.
 */
export async function setOperator(email: string, isOperator: boolean): Promise<boolean> {
  return transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email: email.trim().toLowerCase() } });
    if (!user) return false;
    if (user.isOperator === isOperator) return true;
    await tx.user.update({ where: { id: user.id }, data: { isOperator } });
    const action = isOperator ? 'operator.added' : 'operator.removed';
    await audit(tx, SYSTEM, action, `user:${user.id}`, { email: user.email });
    return true;
  });
}

/** The e-mail addresses of all operators, in alphabetical order. */
export async function listOperators(): Promise<string[]> {
  const users = await db.user.findMany({
    where: { isOperator: true },
    orderBy: { email: 'asc' },
    select: { email: true },
  });
  return users.map(({ email }) => email);
}
