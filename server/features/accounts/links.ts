import type { AccountLink, AccountLinkPurpose, User } from '@/prisma/generated/client';
import { enqueueEmail, type NewEmail, type TemplateName } from '@/server/features/emails';
import { clock } from '@/server/platform/clock';
import { randomBase62, sha256Hex } from '@/server/platform/crypto';
import { db, type Tx } from '@/server/platform/db';
import { LinkOver } from './errors';

const TOKEN_CHARS = 40;
const MINUTE_MS = 60_000;

/** How long each kind of link is valid. */
export const VALID_MINUTES: Record<AccountLinkPurpose, number> = {
  payout_address: 15,
  confirm_address: 48 * 60,
  sign_in: 15,
  reset_password: 60,
};

interface NewLink {
  /** Chosen by the caller as an idempotency key: the same request creates one link. */
  id: string;
  purpose: Exclude<AccountLinkPurpose, 'payout_address'>;
  user: Pick<User, 'id' | 'name'>;
  /** The address it is sent to. */
  email: string;
  /** Where to go afterwards: a path of this site. */
  next?: string | null;
  /** Overrides the e-mail's text; defaults to the purpose's own. */
  about?: 'sign_up_repeated';
}

/** Creates a one-time link and queues the e-mail that carries it; a repeated call does nothing. */
export async function sendLink(tx: Tx, link: NewLink): Promise<void> {
  const made = await createLink(tx, link);
  if (!made) return;
  const { token, expiresAt } = made;
  await enqueueEmail(tx, { ...messageOf(link, token), to: link.email, sendBefore: expiresAt });
}

/** Creates a one-time link without an e-mail; returns null if one with this ID already exists. */
export async function createLink(
  tx: Tx,
  link: Pick<NewLink, 'id' | 'email'> & {
    purpose: AccountLinkPurpose;
    user: { id: string };
    /** The secret; random by default. */
    token?: string;
  },
): Promise<{ token: string; expiresAt: Date } | null> {
  const { id, purpose, user, email, token = randomBase62(TOKEN_CHARS) } = link;
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + VALID_MINUTES[purpose] * MINUTE_MS);
  const { count } = await tx.accountLink.createMany({
    data: [
      {
        id,
        userId: user.id,
        purpose,
        email,
        tokenHash: sha256Hex(token),
        createdAt: now,
        expiresAt,
      },
    ],
    skipDuplicates: true,
  });
  return count === 0 ? null : { token, expiresAt };
}

type Message = { [Name in TemplateName]: Pick<NewEmail<Name>, 'template' | 'data'> }[TemplateName];

function messageOf({ purpose, user: { name }, next, about }: NewLink, token: string): Message {
  const validMinutes = VALID_MINUTES[purpose];
  switch (purpose) {
    case 'confirm_address':
      return {
        template: 'confirm-address',
        data: { name, path: `/confirm/${token}`, validHours: validMinutes / 60 },
      };
    case 'reset_password':
      return {
        template: 'reset-password',
        data: { name, path: `/reset-password/${token}`, validMinutes },
      };
    case 'sign_in': {
      const query = next ? `?next=${encodeURIComponent(next)}` : '';
      const path = `/sign-in/link/${token}${query}`;
      return about === 'sign_up_repeated'
        ? {
            template: 'account-exists',
            data: { name, path, validMinutes, resetPath: '/forgot-password' },
          }
        : { template: 'sign-in-link', data: { path, validMinutes } };
    }
  }
}

function openBy(purpose: AccountLinkPurpose, token: string) {
  return { purpose, tokenHash: sha256Hex(token), usedAt: null, expiresAt: { gt: clock.now() } };
}

/**
 * Returns a link that is still valid, without consuming it.
 * @throws LinkOver 404
 */
export async function getOpenLink(
  purpose: AccountLinkPurpose,
  token: string,
): Promise<AccountLink & { user: User }> {
  const link = await db.accountLink.findFirst({
    where: openBy(purpose, token),
    include: { user: true },
  });
  if (!link) throw new LinkOver();
  return link;
}

/**
 * Consumes a link: of two concurrent calls, one succeeds.
 * @throws LinkOver 404
 */
export async function takeLink(
  tx: Tx,
  purpose: AccountLinkPurpose,
  token: string,
): Promise<AccountLink> {
  const [taken] = await tx.accountLink.updateManyAndReturn({
    where: openBy(purpose, token),
    data: { usedAt: clock.now() },
  });
  if (!taken) throw new LinkOver();
  return taken;
}

/** Revokes a user's unused links, such as after their password or address changed. */
export async function endLinks(
  tx: Tx,
  userId: string,
  purposes: AccountLinkPurpose[],
): Promise<void> {
  await tx.accountLink.updateMany({
    where: { userId, purpose: { in: purposes }, usedAt: null },
    data: { usedAt: clock.now() },
  });
}
