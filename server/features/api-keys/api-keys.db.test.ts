import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SCOPES } from '@/server/platform/actor';
import { newApiKeyText } from '@/server/platform/api-key-text';
import { useClock } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization, keyActor, memberActor } from '@/server/testing/factories';
import { createTestClock } from '@/server/testing/test-clock';
import { authenticateKey, createApiKey, listApiKeys, revokeApiKey, rollApiKey } from './index';

useTestDatabase();

const clock = createTestClock();
let restore: () => void;
beforeEach(() => {
  restore = useClock(clock);
  // Each test starts with expired caches.
  clock.advanceMs(60_000);
});
afterEach(() => restore());

const MINUTE_MS = 60_000;
const unfunded = () => createOrganization({ funds: 0n });

describe('a key', () => {
  it('is stored as hash and last four, and its text is nowhere in the database', async () => {
    const owner = await memberActor(await unfunded());
    const { plaintext, ...summary } = await createApiKey(owner, { name: 'CI', mode: 'live' });
    expect(plaintext).toMatch(/^ek_live_[0-9A-Za-z]{38}$/);
    expect(summary).toMatchObject({ name: 'CI', mode: 'live', scopes: [...SCOPES] });
    const row = await db.apiKey.findUniqueOrThrow({ where: { id: summary.id } });
    expect(row.hash).toBe(sha256Hex(plaintext));
    expect(row.lastFour).toBe(plaintext.slice(-4));
    const secret = plaintext.slice('ek_live_'.length);
    const audit = await db.auditEntry.findMany({ where: { subject: `api_key:${summary.id}` } });
    expect(audit).toHaveLength(1);
    expect(JSON.stringify([row, audit])).not.toContain(secret);
    expect(JSON.stringify((await listApiKeys(owner)).data, bigintAsText)).not.toContain(secret);
  });

  it('resolves to its organization, mode and scopes', async () => {
    const organization = await unfunded();
    const { id, text } = await createKey(organization, 'test', {
      scopes: ['tasks:read'],
    });
    expect(await authenticateKey(text)).toEqual({
      kind: 'key',
      organizationId: organization.id,
      mode: 'test',
      keyId: id,
      scopes: ['tasks:read'],
    });
  });

  it('costs one read however many calls come within 2.5 seconds', async () => {
    const { text } = await createKey(await unfunded());
    const reads = vi.spyOn(db.apiKey, 'findUnique');
    await Promise.all(Array.from({ length: 20 }, () => authenticateKey(text)));
    clock.advanceMs(2_499);
    await authenticateKey(text);
    expect(reads).toHaveBeenCalledTimes(1);
    clock.advanceMs(1);
    await authenticateKey(text);
    expect(reads).toHaveBeenCalledTimes(2);
    reads.mockRestore();
  });
});

describe('a key is refused with 401', () => {
  it.each([
    ['empty', ''],
    ['no key at all', 'hello'],
    ['of 257 characters', 'k'.repeat(257)],
    ['of a megabyte', 'ek_test_'.repeat(131_072)],
    ['with a line break', `${newApiKeyText('test').text}\n`],
  ])('when it is %s, without a read', async (_case, text) => {
    const reads = vi.spyOn(db.apiKey, 'findUnique');
    await expect(authenticateKey(text)).rejects.toMatchObject({
      status: 401,
      code: 'invalid_api_key',
    });
    expect(reads).not.toHaveBeenCalled();
    reads.mockRestore();
  });

  it('when one character is mistyped, without a read', async () => {
    const { text } = await createKey(await unfunded());
    const reads = vi.spyOn(db.apiKey, 'findUnique');
    for (let at = 8; at < text.length; at++) {
      const typo = text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1);
      await expect(authenticateKey(typo)).rejects.toMatchObject({ code: 'invalid_api_key' });
    }
    expect(reads).not.toHaveBeenCalled();
    reads.mockRestore();
  });

  it('when nobody made it, though its checksum is right', async () => {
    await expect(authenticateKey(newApiKeyText('live').text)).rejects.toMatchObject({
      code: 'invalid_api_key',
    });
  });

  it('when its other mode is written before it', async () => {
    const { text } = await createKey(await unfunded(), 'test');
    await expect(authenticateKey(text.replace('ek_test_', 'ek_live_'))).rejects.toMatchObject({
      code: 'invalid_api_key',
    });
  });

  it('from the millisecond at which it expires, however fresh it is in memory', async () => {
    const expiresAt = new Date(clock.nowMs() + 2_000);
    const { text } = await createKey(await unfunded(), 'test', { expiresAt });
    clock.advanceMs(1_999);
    await authenticateKey(text);
    clock.advanceMs(1);
    await expect(authenticateKey(text)).rejects.toMatchObject({
      status: 401,
      code: 'expired_api_key',
    });
  });

  it('at once after it was revoked in this process', async () => {
    const organization = await unfunded();
    const { id, text } = await createKey(organization);
    await authenticateKey(text);
    await revokeApiKey(await memberActor(organization), id);
    await expect(authenticateKey(text)).rejects.toMatchObject({
      status: 401,
      code: 'revoked_api_key',
    });
  });

  it('though a read was under way while it was revoked', async () => {
    const organization = await unfunded();
    const owner = await memberActor(organization);
    for (let round = 0; round < 20; round++) {
      const { id, text } = await createKey(organization);
      await Promise.allSettled([authenticateKey(text), revokeApiKey(owner, id)]);
      await expect(authenticateKey(text)).rejects.toMatchObject({ code: 'revoked_api_key' });
    }
  });

  it('within 2.5 seconds after it was revoked elsewhere', async () => {
    const { id, text } = await createKey(await unfunded());
    await authenticateKey(text);
    await db.apiKey.update({ where: { id }, data: { revokedAt: new Date(clock.nowMs()) } });
    clock.advanceMs(2_500);
    await expect(authenticateKey(text)).rejects.toMatchObject({ code: 'revoked_api_key' });
  });
});

describe('last use', () => {
  it('is written, and at most once a minute', async () => {
    const { id, text } = await createKey(await unfunded());
    const lastUsedAt = async () =>
      (await db.apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt?.getTime() ?? null;
    expect(await lastUsedAt()).toBeNull();
    const first = clock.nowMs();
    await authenticateKey(text);
    await vi.waitFor(async () => expect(await lastUsedAt()).toBe(first));

    // If this use were recorded, the next one would not be, and the timestamp would be one off.
    clock.advanceMs(MINUTE_MS - 1);
    await authenticateKey(text);
    clock.advanceMs(1);
    await authenticateKey(text);
    await vi.waitFor(async () => expect(await lastUsedAt()).toBe(first + MINUTE_MS));
  });
});

describe('keys are managed', () => {
  it('by owners and admins, and by developers in test mode only', async () => {
    const organization = await unfunded();
    const allowed = async (role: 'owner' | 'admin' | 'developer' | 'viewer') => {
      const actor = await memberActor(organization, 'test', role);
      const tries = (['test', 'live'] as const).map((mode) =>
        createApiKey(actor, { name: role, mode }).then(
          () => mode,
          (error: { status: number }) => error.status,
        ),
      );
      return Promise.all(tries);
    };
    expect(await allowed('owner')).toEqual(['test', 'live']);
    expect(await allowed('admin')).toEqual(['test', 'live']);
    expect(await allowed('developer')).toEqual(['test', 403]);
    expect(await allowed('viewer')).toEqual([403, 403]);
  });

  it('never by a key, which could otherwise outlive its own revocation', async () => {
    const organization = await unfunded();
    const key = await keyActor(organization);
    await expect(createApiKey(key, { name: 'k', mode: 'test' })).rejects.toMatchObject({
      status: 403,
    });
    await expect(listApiKeys(key)).rejects.toMatchObject({ status: 403 });
    await expect(revokeApiKey(key, key.keyId)).rejects.toMatchObject({ status: 403 });
  });

  it('within their organization: those of others are absent', async () => {
    const { id, text } = await createKey(await unfunded());
    const stranger = await memberActor(await unfunded());
    await expect(revokeApiKey(stranger, id)).rejects.toMatchObject({ status: 404 });
    await expect(rollApiKey(stranger, { id })).rejects.toMatchObject({ status: 404 });
    await expect(revokeApiKey(stranger, 'no-uuid')).rejects.toMatchObject({ status: 404 });
    expect((await listApiKeys(stranger)).data).toEqual([]);
    await authenticateKey(text);
  });

  it('with an expiry in the future, or no key is made', async () => {
    const organization = await unfunded();
    const owner = await memberActor(organization);
    const expiresAt = new Date(clock.nowMs());
    await expect(
      createApiKey(owner, { name: 'late', mode: 'test', expiresAt }),
    ).rejects.toMatchObject({ status: 400, param: 'expires_at' });
    expect(await db.apiKey.count({ where: { organizationId: organization.id } })).toBe(0);
  });

  it('as pages, newest first, one mode where asked', async () => {
    const organization = await unfunded();
    const owner = await memberActor(organization);
    for (const mode of ['test', 'live', 'test'] as const) {
      await createApiKey(owner, { name: mode, mode });
    }
    const first = await listApiKeys(owner, { limit: 2 });
    expect(first).toMatchObject({ has_more: true });
    const rest = await listApiKeys(owner, { limit: 2, after: first.next_cursor ?? '' });
    expect([...first.data, ...rest.data].map(({ name }) => name)).toEqual(['test', 'live', 'test']);
    expect(rest).toMatchObject({ has_more: false, next_cursor: null });
    expect((await listApiKeys(owner, { mode: 'live' })).data).toHaveLength(1);
    await expect(listApiKeys(owner, { after: 'no cursor' })).rejects.toMatchObject({ status: 400 });
  });

  it('and revoking twice is written down once', async () => {
    const organization = await unfunded();
    const owner = await memberActor(organization);
    const { id } = await createKey(organization);
    const first = await revokeApiKey(owner, id);
    clock.advanceMs(1_000);
    expect(await revokeApiKey(owner, id)).toEqual(first);
    const where = { subject: `api_key:${id}`, action: 'api_key.revoked' };
    expect(await db.auditEntry.count({ where })).toBe(1);
  });
});

describe('rolling a key', () => {
  it('gives a like one, and lets the former go on for the overlap only', async () => {
    const organization = await unfunded();
    const owner = await memberActor(organization);
    const former = await createKey(organization, 'test', {
      scopes: ['usage:read'],
      maxSpendSatsPerDay: 5,
    });
    await authenticateKey(former.text);
    const fresh = await rollApiKey(owner, { id: former.id, overlapSeconds: 60 });
    expect(fresh).toMatchObject({
      mode: 'test',
      scopes: ['usage:read'],
      maxSpendSatsPerDay: 5n,
      expiresAt: null,
    });
    clock.advanceMs(59_999);
    await authenticateKey(former.text);
    clock.advanceMs(1);
    await expect(authenticateKey(former.text)).rejects.toMatchObject({ code: 'expired_api_key' });
    await authenticateKey(fresh.plaintext);
  });

  it('never lengthens a life, and cannot bring back what has ended', async () => {
    const organization = await unfunded();
    const owner = await memberActor(organization);
    const expiresAt = new Date(clock.nowMs() + 10_000);
    const former = await createKey(organization, 'test', { expiresAt });
    const fresh = await rollApiKey(owner, { id: former.id, overlapSeconds: 3_600 });
    expect(fresh.expiresAt).toEqual(expiresAt);
    const row = await db.apiKey.findUniqueOrThrow({ where: { id: former.id } });
    expect(row.expiresAt).toEqual(expiresAt);
    await revokeApiKey(owner, former.id);
    await expect(rollApiKey(owner, { id: former.id })).rejects.toMatchObject({
      status: 409,
      code: 'api_key_ended',
    });
    expect(await db.apiKey.count({ where: { organizationId: organization.id } })).toBe(2);
  });
});

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
