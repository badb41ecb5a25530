import { describe, expect, it } from 'vitest';
import { type Actor, SYSTEM } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { fromNetwork } from '@/server/platform/request-network';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, createWorker, memberActor } from '@/server/testing/factories';
import { findAuditEntries } from './find-audit-entries';
import { listAudit } from './list-team';
import { audit } from './record-audit';

useTestDatabase();

const operator: Actor = { kind: 'operator', userId: newId(), mode: 'live' };

const find = async (input: Parameters<typeof findAuditEntries>[1]) =>
  (await findAuditEntries(operator, input)).data;

describe('the instance’s audit log', () => {
  it('names who, what, where from, whose and why', async () => {
    const organization = await createOrganization({ funds: 0n, name: 'Quagga' });
    const owner = await memberActor(organization, 'live');
    const worker = await createWorker({ mode: 'live' });
    await fromNetwork('203.0.113.7', () =>
      transaction((tx) =>
        audit(tx, owner, 'person.removed', `worker:${worker.id}`, { reason: 'They moved.' }),
      ),
    );
    await transaction((tx) => audit(tx, SYSTEM, 'outbox.sent_again', 'outbox', {}));
    const [entry] = await find({ organizationId: organization.id, noun: 'person' });
    expect(entry).toMatchObject({
      ...{ actor: 'A owner', action: 'person.removed', organization: 'Quagga' },
      ...{ network: '203.0.113.7', data: { reason: 'They moved.' } },
      subjectName: worker.displayName,
    });
    const [own] = await find({ who: 'system', noun: 'outbox' });
    expect(own).toMatchObject({ organizationId: null, actor: 'system', network: null });
  });

  it('is narrowed by person, day and kind, and paged', async () => {
    const organization = await createOrganization({ funds: 0n });
    const owner = await memberActor(organization, 'live');
    for (let n = 0; n < 3; n++) {
      await transaction((tx) => audit(tx, owner, 'api_key.created', `api_key:${newId()}`, { n }));
    }
    const { email } = await db.user.findUniqueOrThrow({ where: { id: owner.userId } });
    const of = (entries: Awaited<ReturnType<typeof find>>) => entries.map(({ data }) => data.n);
    expect(of(await find({ who: owner.userId }))).toEqual([2, 1, 0]);
    expect(of(await find({ who: email.toUpperCase(), noun: 'api_key' }))).toEqual([2, 1, 0]);
    const first = await findAuditEntries(operator, { who: owner.userId, limit: 2 });
    expect(of(first.data)).toEqual([2, 1]);
    expect(of(await find({ who: owner.userId, after: first.next_cursor ?? '' }))).toEqual([0]);
    expect(await find({ who: owner.userId, noun: 'member' })).toEqual([]);
    expect(await find({ who: 'nobody@example.com' })).toEqual([]);
    const today = new Date().toISOString().slice(0, 10);
    expect(await find({ who: owner.userId, from: today, to: today })).toHaveLength(3);
    expect(await find({ who: owner.userId, to: '2020-01-01' })).toEqual([]);
  });

  it('is for operators alone, and an organization reads its own part without where they came from', async () => {
    const organization = await createOrganization({ funds: 0n });
    const owner = await memberActor(organization, 'live');
    await expect(findAuditEntries(owner, {})).rejects.toMatchObject({ status: 403 });
    const { id } = organization;
    await fromNetwork('203.0.113.8', () =>
      transaction((tx) =>
        audit(tx, operator, 'organization.suspended', `organization:${id}`, {}, id),
      ),
    );
    const { data } = await listAudit(owner, { limit: 10 });
    expect(data.find(({ action }) => action === 'organization.suspended')).toMatchObject({
      actorLabel: `operator:${operator.kind === 'operator' ? operator.userId : ''}`,
      network: null,
    });
  });
});
