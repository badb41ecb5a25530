/** Replays stored votes with other settings. Pure; runs in a thread. */
import type { FeeTerms } from '@/server/platform/money';
import { needMoreVotes } from '../consensus/adaptive';
import { combineAnswers } from '../consensus/combine';
import type { Evidence } from '../consensus/evidence-facts';
import { facetKeysOf } from '../consensus/facets';
import { decideAlike, fieldsOf } from '../consensus/fields';
import type { VerificationPolicy } from '../policy';
import type { Json, JsonObject } from '../stage';
import { quantileOf } from './quantile';
import { scaledEvidence, withoutOwn } from './replay-evidence';
import { candidates, type Settings, sameSettings } from './settings';
import type { StoredSchema, StoredTask } from './stored-votes';

export interface BackTestPlan {
  current: Settings;
  asked: Settings | null;
  fee: FeeTerms;
}

export interface BackTestPoint {
  settings: Settings;
  /** Share of correct outputs. */
  accuracy: number;
  costSats: number;
  votes: number;
  /** Median and 95th percentile of the seconds from creation to the last vote used. */
  p50Seconds: number;
  p95Seconds: number;
  confidence: number;
  /** Share of tasks that needed more votes than are stored. */
  short: number;
  isCurrent: boolean;
  isAsked: boolean;
  /** On the Pareto front: no other point is as accurate for less, or more accurate for the same cost. */
  isFrontier: boolean;
}

export interface BackTestResult {
  tasks: number;
  /** The reference for accuracy: `labelled` tasks, or the consensus of all stored votes. */
  basis: 'labelled' | 'consensus';
  /** Number of tasks used to measure accuracy. */
  measured: number;
  storedVotes: number;
  points: BackTestPoint[];
}

/** Minimum number of labelled tasks to measure accuracy by them alone. */
const LABELLED_MIN = 20;
/** Maximum facets × votes judged, about two seconds of work; the latest tasks come first. */
const WORK_MAX = 100_000;
const VOTES_MAX = 25;
/** A point that lacked stored votes for this share of tasks is too uncertain to recommend. */
const SHORT_MAX = 0.2;

/** A task judged with its first 1, 2, … votes. */
interface Judged {
  task: StoredTask;
  steps: { right: boolean; confidence: number; tie: boolean; after: number[] }[];
  isMeasured: boolean;
}

/** @param samples Schemas with their tasks, the latest first. */
export function replay(
  samples: readonly StoredSchema[],
  evidence: Evidence,
  policy: VerificationPolicy['consensus'],
  { current, asked, fee }: BackTestPlan,
): BackTestResult {
  const variants = [current, ...(asked ? [asked] : [])];
  const chosen = withinBudget(samples, new Set(variants.map(variantOf)).size);
  const tasks = chosen.flatMap(({ tasks: own }) => own);
  const labelled = tasks.filter(({ truthText }) => truthText !== null).length;
  const basis = labelled >= LABELLED_MIN ? 'labelled' : 'consensus';
  const judged = new Map<string, Judged[]>();
  const judgedBy = (settings: Settings) => {
    const key = variantOf(settings);
    const known =
      judged.get(key) ??
      chosen.flatMap(({ schema, tasks: own }) => {
        const scaled = scaledEvidence(evidence, settings, current);
        return own.map((task) => judgeSteps(schema, task, scaled, policy, basis));
      });
    judged.set(key, known);
    return known;
  };
  const storedVotes = Math.max(0, ...tasks.map(({ votes }) => votes.length));
  const all = tasks.length === 0 ? [] : [...variants, ...candidates(current, storedVotes)];
  const distinct = all.filter(
    (settings, i) => all.findIndex((other) => sameSettings(settings, other)) === i,
  );
  const points = distinct.map((settings) => ({
    ...pointOf(settings, judgedBy(settings), fee),
    isCurrent: sameSettings(settings, current),
    isAsked: asked !== null && sameSettings(settings, asked),
  }));
  return {
    tasks: tasks.length,
    basis,
    measured: basis === 'labelled' ? labelled : tasks.length,
    storedVotes,
    points: points
      .map((point, place) => ({ ...point, isFrontier: isFrontier(place, points) }))
      .sort((a, b) => a.costSats - b.costSats || b.accuracy - a.accuracy),
  };
}

/** Settings with equal vote weights are judged once. */
function variantOf({ method, goldRate }: Settings): string {
  return `${method} ${goldRate}`;
}

function withinBudget(samples: readonly StoredSchema[], variants: number): StoredSchema[] {
  let left = WORK_MAX / variants;
  return samples.flatMap(({ schema, tasks }) => {
    const facets = Math.max(1, facetKeysOf(fieldsOf(schema)).length);
    const own = tasks.filter(({ votes }) => {
      const n = Math.min(VOTES_MAX, votes.length);
      const work = (facets * n * (n + 1)) / 2;
      if (work > left) return false;
      left -= work;
      return true;
    });
    return own.length > 0 ? [{ schema, tasks: own }] : [];
  });
}

function judgeSteps(
  schema: JsonObject,
  task: StoredTask,
  known: Evidence,
  policy: VerificationPolicy['consensus'],
  basis: BackTestResult['basis'],
): Judged {
  const ballots = task.votes.slice(0, VOTES_MAX).map(({ workerId, outputText }) => ({
    workerId,
    output: JSON.parse(outputText) as Json,
  }));
  const evidence = task.own ? withoutOwn(known, ballots, schema, task.own) : known;
  const steps = ballots.map((_, last) =>
    combineAnswers(schema, ballots.slice(0, last + 1), {
      policy,
      evidence,
      validateOutput: () => ({ ok: true }),
    }),
  );
  const truth =
    basis === 'labelled'
      ? task.truthText && (JSON.parse(task.truthText) as Json)
      : (steps.at(-1)?.output ?? null);
  return {
    task,
    isMeasured: basis === 'consensus' || task.truthText !== null,
    steps: steps.map(({ output, confidence, tie, confidenceAfter }) => ({
      right: truth !== null && decideAlike(schema, output, truth),
      ...{ confidence, tie, after: [1, 2, 3].map(confidenceAfter) },
    })),
  };
}

function pointOf(settings: Settings, judged: readonly Judged[], fee: FeeTerms) {
  const { minVotes, maxVotes, targetConfidence, voteValue, goldRate } = settings;
  const redundancy = {
    ...{ minVotes, maxVotes, targetConfidence, voteValue },
    onLowConfidence: 'verify' as const,
  };
  const ended = judged.map(({ task, steps, isMeasured }) => {
    let used = 1;
    let isShort = false;
    for (; ; used++) {
      const step = steps[used - 1];
      const decision = needMoreVotes(
        {
          accepted: used,
          votesRemaining: maxVotes - used,
          confidence: step?.confidence ?? 0,
          tie: step?.tie ?? false,
          confidenceAfter: (votes) => step?.after[votes - 1] ?? 0,
        },
        redundancy,
        task.riskTier,
      );
      if (decision.decision !== 'need_vote') break;
      isShort = used >= steps.length;
      if (isShort) break;
    }
    const step = steps[used - 1];
    return {
      ...{ isMeasured, isShort, used, right: step?.right ?? false },
      confidence: step?.confidence ?? 0,
      seconds: task.votes[used - 1]?.seconds ?? 0,
      sats: used * task.payoutSats,
    };
  });
  const measured = ended.filter(({ isMeasured }) => isMeasured);
  const mean = (
    of: readonly (typeof ended)[number][],
    read: (each: (typeof ended)[number]) => number,
  ) => of.reduce((sum, each) => sum + read(each), 0) / Math.max(1, of.length);
  const seconds = ended.map((each) => each.seconds);
  return {
    settings,
    accuracy: mean(measured, ({ right }) => Number(right)),
    costSats: mean(ended, ({ sats }) => costOf(sats, fee)) * (1 + goldRate),
    votes: mean(ended, ({ used }) => used),
    p50Seconds: quantileOf(seconds, 0.5),
    p95Seconds: quantileOf(seconds, 0.95),
    confidence: mean(ended, (each) => each.confidence),
    short: mean(ended, ({ isShort }) => Number(isShort)),
  };
}

/** The cost of a task with this payout, including the fee; not rounded, because it is averaged. */
const costOf = (sats: number, { bps, minimumSats }: FeeTerms) =>
  sats + (sats > 0 ? Math.max((sats * bps) / 10_000, minimumSats) : 0);

type Costed = Pick<BackTestPoint, 'accuracy' | 'costSats' | 'short'>;

/** If two points are equal in both, the first counts. */
function isFrontier(place: number, all: readonly Costed[]): boolean {
  const point = all[place];
  if (!point || point.short > SHORT_MAX) return false;
  return !all.some((other, i) => {
    const isEqual = other.accuracy === point.accuracy && other.costSats === point.costSats;
    const isAsGood = other.accuracy >= point.accuracy && other.costSats <= point.costSats;
    return other.short <= SHORT_MAX && isAsGood && (!isEqual || i < place);
  });
}
