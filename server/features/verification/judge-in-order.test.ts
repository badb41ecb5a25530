import { describe, expect, it } from 'vitest';
import { stageContext } from './fixtures/stage-context';
import { judgeApart, judgeInOrder, type LoadedAnswer, type LoadedRound } from './judge-in-order';
import type { Judgement, LoadedContext } from './stage';

const { task, typeStats, poolGold, policy, worker, answer } = stageContext();

const answerOf = (workerId: string): LoadedAnswer => ({
  answer: { ...answer, id: `answer-${workerId}`, workerId },
  recent: [],
  worker,
  otherTexts: [],
  qaDraw: 1,
});

function roundOf(workers: readonly string[], changes: Partial<LoadedRound> = {}): LoadedRound {
  const redundancy = { ...task.redundancy, minVotes: 2, maxVotes: 3 };
  return {
    ...{ typeStats, poolGold, policy, accepted: [], evidence: {} },
    task: { ...task, redundancy },
    pending: workers.map(answerOf),
    votesWanted: 2,
    moreVotes: 'all',
    ...changes,
  };
}

/** Judges by a given verdict for each worker, and records each answer's peers. */
function judged(round: LoadedRound, says: Record<string, Judgement['outcome']>) {
  const seen: { worker: string; peers: string[]; votesRemaining: number }[] = [];
  judgeInOrder(
    round,
    () => ({ choices: [], label: null }),
    ({ answer: own, peers, votesRemaining }: LoadedContext): Judgement => {
      const ids = peers.map(({ workerId }) => workerId);
      seen.push({ worker: own.workerId, peers: ids, votesRemaining });
      const outcome = says[own.workerId] ?? 'need_vote';
      return { verdicts: [], outcome, auditRequested: false };
    },
  );
  return seen;
}

it('each answer is judged beside those accepted before it, and nobody beside a rejected one', () => {
  const seen = judged(roundOf(['a', 'b', 'c']), { b: 'reject' });
  expect(seen.map(({ worker: id, peers }) => [id, peers])).toEqual([
    ['a', []],
    ['b', ['a']],
    ['c', ['a']],
  ]);
});

it('an answer beyond those wanted is left, once they have settled the task', () => {
  const seen = judged(roundOf(['a', 'b', 'c']), { a: 'verified', b: 'verified' });
  expect(seen.map(({ worker: id }) => id)).toEqual(['a', 'b']);
});

it('no more are judged than are paid for', () => {
  expect(judged(roundOf(['a', 'b', 'c', 'd']), {})).toHaveLength(3);
});

it('further votes are counted on as far as somebody could give them', () => {
  const remaining = (moreVotes: LoadedRound['moreVotes']) =>
    judged(roundOf(['a', 'b'], { moreVotes }), {}).map(({ votesRemaining }) => votesRemaining);
  expect(remaining('all')).toEqual([2, 1]);
  expect(remaining('minimum')).toEqual([2, 0]);
  expect(remaining('none')).toEqual([0, 0]);
});

describe('each by a call of its own', () => {
  const nothingSaid = () => ({ choices: [], label: null });
  const says: Record<string, Judgement['outcome']> = { b: 'reject', c: 'verified' };
  const judge = ({ answer: { workerId } }: LoadedContext): Judgement => {
    return { verdicts: [], outcome: says[workerId] ?? 'need_vote', auditRequested: false };
  };

  it('comes to what they come to in one call, beside the same answers', async () => {
    const round = roundOf(['a', 'b', 'c', 'd']);
    const peers: string[][] = [];
    const apart = await judgeApart(round, async (part) => {
      peers.push(part.accepted.map(({ workerId }) => workerId));
      return { judgements: judgeInOrder(part, nothingSaid, judge) };
    });
    expect(apart.judgements).toEqual(judgeInOrder(round, nothingSaid, judge));
    expect(peers).toEqual([[], ['a'], ['a']]);
  });

  it('tells the charts of the answer that settled it, not of one turned back after it', async () => {
    const outcomeOf = (word: string) => ({ guessRight: null, voteLabels: [word] });
    const { outcome } = await judgeApart(roundOf(['a', 'b']), async (part) => ({
      judgements: judgeInOrder(part, nothingSaid, judge),
      outcome: outcomeOf(part.pending[0]?.answer.workerId ?? ''),
    }));
    expect(outcome).toEqual(outcomeOf('a'));
  });
});
