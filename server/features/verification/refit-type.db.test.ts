import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { CROWD_FACET, createDecidedCrowd } from '@/server/testing/decided-crowd';
import { createOrganization } from '@/server/testing/factories';
import { longestSlice } from '@/server/testing/longest-slice';
import { voteOnLabels } from './consensus/label-vote';
import { seededRandom } from './consensus/seeded-random';
import { loadEvidence } from './evidence';
import { listDueTypes, refitType } from './refit-type';

useTestDatabase();

const random = seededRandom(1);
/** Six of nine label most things no; the others each have their own accuracy. */
const sayOf = (worker: number, truth: 0 | 1): 0 | 1 => {
  const rightShare = worker >= 6 ? 0.5 + 0.05 * worker : truth === 0 ? 0.95 : 0.45;
  return (random() < rightShare ? truth : 1 - truth) as 0 | 1;
};

let crowd: Awaited<ReturnType<typeof createDecidedCrowd>>;
beforeAll(async () => {
  crowd = await createDecidedCrowd({
    tasks: 200,
    labelled: 40,
    workerIds: Array.from({ length: 9 }, newId),
    sayOf,
  });
});

const ownerOf = ({ organizationId, mode, type }: typeof crowd) => ({ organizationId, mode, type });

describe('the nightly refit', () => {
  it('takes types with labels, each organization’s first before anybody’s second', async () => {
    const second = await createOrganization();
    const few = { tasks: 40, labelled: 20, sayOf, workerIds: [newId(), newId()] };
    for (const type of ['aa', 'bb']) {
      await createDecidedCrowd({ ...few, organization: second, type });
    }
    await createDecidedCrowd({ ...few, organization: second, type: 'cc', labelled: 19 });
    const due = await listDueTypes();
    const own = due.filter(({ organizationId }) => organizationId === second.id);
    expect(own.map(({ type }) => type)).toEqual(['aa', 'bb']);
    const places = ['aa', 'bb'].map((type) => due.findIndex((each) => each.type === type));
    const first = due.findIndex((each) => each.organizationId === crowd.organizationId);
    expect(first).toBeLessThan(places[1] ?? 0);
  });

  it('chooses by labels, keeps its history, and is what the judge uses, here and nowhere else', async () => {
    const owner = ownerOf(crowd);
    const scope = { ...owner, facets: [CROWD_FACET], sharesSkills: false };
    const other = { ...scope, organizationId: (await createOrganization()).id };
    let facets = 0;
    const slice = await longestSlice(async () => {
      facets = await refitType(owner);
    });
    expect(facets).toBe(1);
    expect(slice).toBeLessThan(50);
    const [refit] = await db.modelRefit.findMany({ where: owner });
    expect(refit).toMatchObject({ facet: CROWD_FACET, tasks: 200, votes: 1_800, labelled: 40 });
    const { gnbWeight = 0, dsWeight = 0, ebccWeight = 0 } = refit ?? {};
    expect(gnbWeight + dsWeight + ebccWeight).toBeCloseTo(1, 9);
    expect(gnbWeight).toBeLessThan(1);

    const { [CROWD_FACET]: known } = await loadEvidence(scope, crowd.workerIds);
    expect(Object.keys(known?.models?.workers ?? {}).sort()).toEqual([...crowd.workerIds].sort());
    expect(await loadEvidence(other, crowd.workerIds)).toEqual({});
    const foretold = (evidence: typeof known) =>
      crowd.tasks.reduce((sum, { truth, said }) => {
        const votes = said.map((label, w) => ({ workerId: crowd.workerIds[w] ?? '', label }));
        return sum + (voteOnLabels(votes, 2, evidence).posterior[truth] ?? 0);
      }, 0) / crowd.tasks.length;
    expect(foretold(known)).toBeGreaterThan(foretold(undefined) + 0.05);
  });

  it('rests until something else is labelled, and replaces what it found before', async () => {
    const owner = ownerOf(crowd);
    const isDue = async () =>
      (await listDueTypes()).some(({ organizationId }) => organizationId === owner.organizationId);
    expect(await isDue()).toBe(false);
    await db.modelRefit.updateMany({ where: owner, data: { createdAt: new Date(0) } });
    expect(await isDue()).toBe(true);
    await refitType(owner);
    expect(await db.modelRefit.count({ where: owner })).toBe(2);
    expect(await db.workerModel.count({ where: owner })).toBe(9);
  });
});
