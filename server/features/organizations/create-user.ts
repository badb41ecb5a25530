import type { User } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { hashPassword } from '@/server/platform/crypto';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { enqueue } from '@/server/platform/outbox';
import { EmailTaken } from './errors';
import { NewUser } from './schema';

/**
 * Creates a user. Only the password's argon2id hash is stored; null for users who sign in another
 * way. On `user.created`, unconfirmed addresses get a confirmation e-mail; call `kickOutbox()`
 * after the commit.
 * @throws EmailTaken 409; ZodError for an invalid address, name or password.
 */
export async function createUser(tx: Tx, input: NewUser): Promise<User> {
  const { password, emailConfirmed, ...user } = NewUser.parse(input);
  const passwordHash = password === null ? null : await hashPassword(password);
  const id = newId();
  const now = clock.now();
  const { count } = await tx.user.createMany({
    data: [
      {
        ...user,
        id,
        passwordHash,
        emailConfirmedAt: emailConfirmed ? now : null,
        createdAt: now,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) throw new EmailTaken();
  if (!emailConfirmed) {
    await enqueue(tx, [
      { topic: 'user.created', key: `user.created:${id}`, data: { userId: id, linkId: newId() } },
    ]);
  }
  return tx.user.findUniqueOrThrow({ where: { email: user.email } });
}
