import { describe, expect, it } from 'vitest';
import { stageContext } from './fixtures/stage-context';
import { judgeUnchecked } from './judge';
import { STAGES } from './stages';

describe('an answer that takes too long to be judged', () => {
  const { validateOutput: _, ...ctx } = stageContext();

  it('waits for a reviewer', () => {
    const judgement = judgeUnchecked(ctx);
    expect(judgement).toMatchObject({ outcome: 'need_review', reason: { code: 'too_costly' } });
    expect(judgement.verdicts.map(({ stage }) => stage)).toEqual(STAGES.map(({ name }) => name));
  });

  it('is settled by the reviewer’s word', () => {
    expect(judgeUnchecked({ ...ctx, review: { decision: 'accept' } })).toMatchObject({
      outcome: 'verified',
      output: ctx.answer.output,
    });
    expect(judgeUnchecked({ ...ctx, review: { decision: 'reject' } }).outcome).toBe('reject');
    const output = { verdict: 'fake' };
    const corrected = judgeUnchecked({ ...ctx, review: { decision: 'correct', output } });
    expect(corrected).toMatchObject({ outcome: 'verified', output });
  });
});
