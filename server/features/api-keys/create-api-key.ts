import type { ApiKey } from '@/prisma/generated/client';
import { audit } from '@/server/features/organizations';
import {
  type Actor,
  actorLabel,
  type Mode,
  type OrganizationActor,
  SCOPES,
  type Scope,
} from '@/server/platform/actor';
import { newApiKeyText } from '@/server/platform/api-key-text';
import { clock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { assertManagesKeys } from './access';
import { ExpiryInThePast } from './errors';
import { type ApiKeySummary, summaryOf } from './queries';
import { CreateApiKey } from './schema';

/** A new key; its text is only returned here. */
export interface NewApiKey extends ApiKeySummary {
  plaintext: string;
}

export interface KeyDraft {
  name: string;
  mode: Mode;
  scopes: readonly Scope[];
  expiresAt: Date | null;
  maxSpendSatsPerDay: bigint | null;
}

/**
 * Creates a key for the actor's organization in the requested mode, whatever mode the actor is in.
 * @throws Forbidden if the actor may not manage keys of that mode, ExpiryInThePast 400
 */
export async function createApiKey(actor: Actor, input: CreateApiKey): Promise<NewApiKey> {
  const { name, mode, scopes, expiresAt, maxSpendSatsPerDay } = CreateApiKey.parse(input);
  const manager = assertManagesKeys(actor, mode);
  if (expiresAt && expiresAt <= clock.now()) throw new ExpiryInThePast();
  return transaction((tx) =>
    insertKey(tx, manager, {
      name,
      mode,
      scopes: scopes ? [...new Set(scopes)] : SCOPES,
      expiresAt: expiresAt ?? null,
      maxSpendSatsPerDay: maxSpendSatsPerDay === undefined ? null : BigInt(maxSpendSatsPerDay),
    }),
  );
}

/** Inserts a new key and its audit entry. */
export async function insertKey(
  tx: Tx,
  actor: OrganizationActor,
  draft: KeyDraft,
): Promise<NewApiKey> {
  const { text, hash, lastFour } = newApiKeyText(draft.mode);
  const row: ApiKey = await tx.apiKey.create({
    data: {
      ...draft,
      scopes: [...draft.scopes],
      id: newId(),
      organizationId: actor.organizationId,
      hash,
      lastFour,
      createdBy: actorLabel(actor),
      createdAt: clock.now(),
    },
  });
  await audit(tx, actor, 'api_key.created', `api_key:${row.id}`, {
    name: row.name,
    mode: row.mode,
    scopes: row.scopes,
  });
  return { ...summaryOf(row), plaintext: text };
}
