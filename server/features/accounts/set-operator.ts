import { db } from '@/server/platform/db';

/**
 * Makes the account of an e-mail address an operator of the instance, or takes that from it. Only somebody
 * with access to the database may, so there is no actor.
 * @returns false where no account has the address.
 */
export async function setOperator(email: string, isOperator: boolean): Promise<boolean> {
  const { count } = await db.user.updateMany({
    where: { email: email.trim().toLowerCase() },
    data: { isOperator },
  });
  return count > 0;
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
