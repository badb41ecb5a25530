import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getTask, taskEventBodies } from '@/server/features/tasks';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createMember } from '@/server/testing/factories';
import { createOperator, createReviewSetting } from '@/server/testing/review-setting';
import { claimReview } from './claim-review';
import { decideReview } from './decide-review';
import { getReview } from './get-review';
import { listReviews } from './list-reviews';
import { getReviewerAgreement } from './second-review';

useTestDatabase();

let setting: Awaited<ReturnType<typeof createReviewSetting>>;
let operator: Awaited<ReturnType<typeof createOperator>>;

beforeEach(async () => {
  setting = await createReviewSetting({ sampleRate: 1 });
});
beforeAll(async () => {
  operator = await createOperator();
});

describe('an audit', () => {
  const audited = async (decision: object) => {
    const { id, outcome, review } = await setting.judged('Obol');
    expect(outcome).toBe('verified');
    expect(review).toMatchObject({ kind: 'spot_check', blocking: false, samplingProbability: 1 });
    await decideReview(operator, { reviewId: review.id, ...decision } as never);
    const events = await db.taskEvent.findMany({ where: { taskId: id, type: 'task.corrected' } });
    const bodies = await taskEventBodies(
      db,
      events.map((event) => event.id),
    );
    return { task: await getTask(setting.customer, id), told: [...bodies.values()] };
  };

  it('that came to another output tells the customer; what was delivered stays', async () => {
    const { task, told } = await audited({
      decision: 'correct',
      output: { verdict: 'fake' },
      note: 'Cast, not struck.',
    });
    // Like every event except two, it carries no output other than its subject.
    expect(told).toMatchObject([
      {
        type: 'task.corrected',
        task: { status: 'verified', output: null, correction: task.correction },
      },
    ]);
    expect(task).toMatchObject({
      status: 'verified',
      output: { verdict: 'real' },
      correction: {
        decision: 'correct',
        output: { verdict: 'fake' },
        reason: 'Cast, not struck.',
      },
    });
  });

  it('that rejects what was delivered says so, without another output', async () => {
    const { task, told } = await audited({ decision: 'reject', note: 'Nobody can tell.' });
    expect(told).toHaveLength(1);
    expect(task.correction).toMatchObject({ decision: 'reject', output: null });
    expect(task.output).toEqual({ verdict: 'real' });
  });

  it('that came to the same tells nobody', async () => {
    const { task, told } = await audited({ decision: 'correct', output: { verdict: 'real' } });
    expect(told).toEqual([]);
    expect(task.correction).toBeNull();
  });
});

describe('a second review', () => {
  const decideFirst = async (coin: string, decision: object) => {
    const { id, review } = await setting.judged(coin);
    await decideReview(operator, { reviewId: review.id, ...decision } as never);
    return { id, second: await db.review.findUnique({ where: { secondOf: review.id } }) };
  };

  it('is blind, is another reviewer’s, and gives κ; the first decision stands', async () => {
    await setting.setPolicy({ sampleRate: 1, secondReviewRate: 1 });
    const other = await createOperator();
    const before = await getReviewerAgreement(operator);
    const corrected = await decideFirst('Obol', {
      decision: 'correct',
      output: { verdict: 'fake' },
      note: 'Cast.',
    });
    const reviewId = corrected.second?.id ?? '';
    expect((await listReviews(operator)).reviews.map(({ id }) => id)).not.toContain(reviewId);
    await expect(claimReview(operator, { reviewId })).rejects.toMatchObject({
      code: 'reviewer_decided_first',
    });
    const seen = await getReview(other, { reviewId });
    expect(seen).toMatchObject({
      kind: 'second_review',
      proposed: { verdict: 'real' },
      task: { status: null },
      answers: [{ status: null }],
    });
    expect(JSON.stringify(seen)).not.toMatch(/Cast|fake"\}/);
    await decideReview(other, { reviewId, decision: 'accept' });
    const accepted = await decideFirst('Drachma', { decision: 'accept' });
    await decideReview(other, { reviewId: accepted.second?.id ?? '', decision: 'accept' });
    const after = await getReviewerAgreement(operator);
    expect(after.pairs - before.pairs).toBe(2);
    expect(after.agreed - before.agreed).toBe(1);
    // For the pairs (correct, accept) and (accept, accept), chance explains everything.
    if (before.pairs === 0) expect(after.kappa).toBe(0);
    expect(after.disagreements[0]).toMatchObject({
      taskId: corrected.id,
      first: { decision: 'correct', output: { verdict: 'fake' } },
      second: { decision: 'accept' },
    });
    expect((await getTask(setting.customer, corrected.id)).correction).toMatchObject({
      decision: 'correct',
    });
    expect(
      await db.evidenceCell.count({ where: { organizationId: setting.organization.id } }),
    ).toBe(2);
  });

  it('is not drawn where nobody else could decide it', async () => {
    await setting.setPolicy({ alwaysReview: true, secondReviewRate: 1 });
    const { id, review } = await setting.judged('Obol');
    await setting.keepToOwnPeople(id);
    await decideReview(setting.member, { reviewId: review.id, decision: 'accept' });
    // The organization also has an owner who could.
    expect(await db.review.count({ where: { secondOf: review.id } })).toBe(1);
    await db.member.deleteMany({
      where: { organizationId: setting.organization.id, userId: { not: setting.member.userId } },
    });
    await createMember(setting.organization, 'viewer');
    const alone = await setting.judged('Drachma');
    await setting.keepToOwnPeople(alone.id);
    await decideReview(setting.member, { reviewId: alone.review.id, decision: 'accept' });
    expect(await db.review.count({ where: { secondOf: alone.review.id } })).toBe(0);
  });
});
