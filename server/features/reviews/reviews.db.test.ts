import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getTask } from '@/server/features/tasks';
import { judgeTask } from '@/server/features/verification';
import { type Actor, SYSTEM } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createSignIn, memberActor } from '@/server/testing/factories';
import { askAbout, createGoldSetting, judgeCoin } from '@/server/testing/gold-setting';
import { brokenInvariants } from '@/server/testing/invariants';
import { createOperator, createReviewSetting } from '@/server/testing/review-setting';
import { claimReview } from './claim-review';
import { decideReview } from './decide-review';
import { getReview } from './get-review';
import { countReviews, listReviews } from './list-reviews';

useTestDatabase();

let setting: Awaited<ReturnType<typeof createReviewSetting>>;
let operator: Awaited<ReturnType<typeof createOperator>>;

beforeEach(async () => {
  setting = await createReviewSetting({ alwaysReview: true });
});
beforeAll(async () => {
  operator = await createOperator();
});

describe('what a reviewer sees', () => {
  it('is what the public pool answered for operators, and what its own people did for an organization', async () => {
    const mine = await setting.judged('Obol');
    const listed = async (actor: Actor, filter = {}) =>
      (await listReviews(actor, { filter })).reviews.map(({ id }) => id);
    const colleague = await memberActor(setting.organization, 'live', 'developer');
    expect(await listed(operator)).toContain(mine.review.id);
    expect(await listed(colleague)).toEqual([]);
    await expect(getReview(colleague, { reviewId: mine.review.id })).rejects.toMatchObject({
      status: 404,
    });
    await db.organization.update({
      where: { id: setting.organization.id },
      data: { reviewsPublicPool: true },
    });
    expect(await listed(colleague)).toEqual([mine.review.id]);
    expect(await listed(await memberActor(setting.organization, 'test'))).toEqual([]);
    const stranger = await createGoldSetting({ golds: 0 });
    expect(await listed(stranger.member)).toEqual([]);
    await db.organization.update({
      where: { id: setting.organization.id },
      data: { reviewsPublicPool: false },
    });
    await setting.keepToOwnPeople(mine.id);
    expect(await listed(colleague)).toEqual([mine.review.id]);
    expect(await listed(operator)).not.toContain(mine.review.id);
    expect(await listed(operator, { queue: 'organization' })).toContain(mine.review.id);
    const viewer = await memberActor(setting.organization, 'live', 'viewer');
    await expect(listReviews(viewer)).rejects.toMatchObject({ status: 403 });
  });

  it('waits for the organization’s own reviewers where its own people answer', async () => {
    const task = await askAbout(setting.customer, 'Obol');
    await judgeCoin(setting.worker, task.id);
    await db.task.update({
      where: { id: task.id },
      data: { poolOrganizationId: setting.organization.id },
    });
    expect(await judgeTask(task.id)).toBe('need_review');
    const { reviews } = await listReviews(setting.member);
    expect(reviews).toMatchObject([{ kind: 'escalated', type: 'coins', taken: false }]);
  });

  it('is the task as its worker saw it, with every answer unnamed and what the stages said', async () => {
    const { review } = await setting.judged('Obol');
    const seen = await getReview(operator, { reviewId: review.id });
    expect(seen).toMatchObject({
      kind: 'escalated',
      reason: 'review_required',
      proposed: { verdict: 'real' },
      task: { title: 'Judge a coin', payload: { coin: 'Obol' }, status: 'submitted' },
      answers: [{ output: { verdict: 'real' }, status: 'accepted', agrees: true }],
    });
    expect(seen.why).toMatch(/every task of this risk tier/);
    expect(seen.answers[0]?.verdicts.map(({ stage }) => stage)).toEqual([
      ...['schema', 'rules', 'anomaly', 'gold', 'consensus', 'qa'],
    ]);
    expect(JSON.stringify(seen)).not.toContain(setting.worker.workerId);
  });

  it('is nothing of a task that the reviewer answered', async () => {
    const { review } = await setting.judged('Obol');
    const voter: Actor = { ...operator, userId: setting.worker.userId };
    const { reviews } = await listReviews(voter);
    expect(reviews.map(({ id }) => id)).not.toContain(review.id);
    for (const act of [getReview, claimReview]) {
      await expect(act(voter, { reviewId: review.id })).rejects.toMatchObject({
        code: 'reviewer_voted',
      });
    }
  });

  it('comes in pages, those first that a task waits for, and is counted with 10,000 open', async () => {
    await setting.setPolicy({ sampleRate: 1 });
    const audit = await setting.judged('Obol');
    await setting.setPolicy({ alwaysReview: true });
    const blocking = await setting.judged('Drachma');
    await db.$executeRaw`
      INSERT INTO reviews (id, task_id, organization_id, mode, type, kind, queue, blocking, status,
                           reason, created_at)
      SELECT gen_random_uuid(), ${audit.id}::uuid, ${setting.organization.id}::uuid, 'live', 'many',
             'spot_check', 'organization', false, 'open', 'spot_check', now() - interval '2 days'
        FROM generate_series(1, 10000)`;
    await db.review.updateMany({
      where: { id: { in: [audit.review.id, blocking.review.id] } },
      data: { queue: 'organization' },
    });
    const counts = await countReviews(setting.member);
    expect(counts).toEqual([
      { type: 'coins', kind: 'escalated', count: 1 },
      { type: 'coins', kind: 'spot_check', count: 1 },
      { type: 'many', kind: 'spot_check', count: 10_000 },
    ]);
    const first = await listReviews(setting.member, { limit: 30 });
    expect(first.reviews[0]?.id).toBe(blocking.review.id);
    expect(first.reviews[0]?.expiresAt).toBeInstanceOf(Date);
    const second = await listReviews(setting.member, { limit: 30, after: first.next ?? undefined });
    const ids = [...first.reviews, ...second.reviews].map(({ id }) => id);
    expect(new Set(ids).size).toBe(60);
    const narrow = async (filter: object) =>
      (await listReviews(setting.member, { filter })).reviews.map(({ id }) => id);
    expect(await narrow({ type: 'coins', kind: 'spot_check' })).toEqual([audit.review.id]);
    expect(await narrow({ type: 'coins', waitedFor: 'day' })).toEqual([]);
    expect(await narrow({ type: 'many', waitedFor: 'day' })).toHaveLength(50);
  });
});

describe('a claim', () => {
  it('keeps a review for who looks at it, until it lapses or another is looked at', async () => {
    const [one, other] = [await setting.judged('Obol'), await setting.judged('Drachma')];
    const colleague: Actor = { ...operator, userId: (await createSignIn()).id };
    const reviewId = one.review.id;
    await claimReview(operator, { reviewId });
    await expect(claimReview(colleague, { reviewId })).rejects.toMatchObject({
      code: 'review_claimed',
    });
    await expect(decideReview(colleague, { reviewId, decision: 'accept' })).rejects.toMatchObject({
      code: 'review_claimed',
    });
    // Neither does the simulated reviewer of test mode.
    await expect(decideReview(SYSTEM, { reviewId, decision: 'accept' })).rejects.toMatchObject({
      code: 'review_claimed',
    });
    const taken = (await listReviews(colleague)).reviews.find(({ id }) => id === reviewId);
    expect(taken?.taken).toBe(true);
    await claimReview(operator, { reviewId: other.review.id });
    await claimReview(colleague, { reviewId });
    await db.review.update({ where: { id: reviewId }, data: { claimedUntil: new Date(0) } });
    await claimReview(operator, { reviewId });
    await decideReview(operator, { reviewId, decision: 'accept' });
    const entry = { subject: `review:${reviewId}`, action: 'review.decided' };
    expect(await db.auditEntry.findMany({ where: entry })).toMatchObject([
      { actor: `operator:${operator.userId}`, data: { decision: 'accept' } },
    ]);
    await expect(claimReview(colleague, { reviewId })).rejects.toMatchObject({
      code: 'review_closed',
    });
    expect(await judgeTask(one.id)).toBe('verified');
  });
});

describe('a decision on what waits', () => {
  it('rejects what was proposed and lets somebody else answer, three times at most', async () => {
    const { id, review } = await setting.judged('Obol');
    const note = 'The edge was not looked at.';
    await decideReview(operator, { reviewId: review.id, decision: 'reject', note });
    expect(await judgeTask(id)).toBe('rejected');
    const [answer] = await db.answer.findMany({ where: { taskId: id } });
    expect(answer).toMatchObject({ status: 'rejected', rejectionMessage: note });
    expect((await getTask(setting.customer, id)).status).toBe('posted');
    // The decision was about the first answer; the next one needs its own.
    const next = await createGoldSetting({ golds: 0 });
    await judgeCoin(next.worker, id, 'fake');
    expect(await judgeTask(id)).toBe('need_review');
    const second = await db.review.findFirstOrThrow({ where: { taskId: id, status: 'open' } });
    expect(second.proposed).toEqual({ verdict: 'fake' });
    await decideReview(operator, { reviewId: second.id, decision: 'accept' });
    expect(await judgeTask(id)).toBe('verified');
    expect((await getTask(setting.customer, id)).output).toEqual({ verdict: 'fake' });
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is offered as a gold with the answer that was decided, and not with a rejection', async () => {
    const { id, review } = await setting.judged('Obol');
    const decision = { reviewId: review.id, offerAsGold: true };
    await expect(
      decideReview(operator, { ...decision, decision: 'reject', note: 'Wrong.' }),
    ).rejects.toMatchObject({ status: 400 });
    await decideReview(operator, { ...decision, decision: 'correct', output: { verdict: 'fake' } });
    expect(await db.goldCandidate.findMany({ where: { taskId: id } })).toMatchObject([
      { type: 'coins', expectedOutput: { verdict: 'fake' } },
    ]);
  });
});
