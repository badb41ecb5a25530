/** Replays stored votes under other settings. Pure; runs in a thread. */
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
  /** Share right. */
  accuracy: number;
  costSats: number;
  votes: number;
  /** Seconds from creation to the last vote used, by half and by 95 % of the tasks. */
  p50Seconds: number;
  p95Seconds: number;
  confidence: number;
  /** Share of tasks for which more votes were wanted than are stored. */
  short: number;
  isCurrent: boolean;
  isAsked: boolean;
  /** No other point is as right for less, or more right for as much. */
  isFrontier: boolean;
}

export interface BackTestResult {
  tasks: number;
  /** What accuracy is held against: `labelled` tasks, or what all stored votes say together. */
  basis: 'labelled' | 'consensus';
  /** Tasks that accuracy is measured on. */
  measured: number;
  storedVotes: number;
  points: BackTestPoint[];
}

/** From as many labelled tasks on, accuracy is held against them alone. */
const LABELLED_MIN = 20;
/** Facets × votes that are judged at most, about two seconds of work; the latest tasks come first. */
const WORK_MAX = 100_000;
const VOTES_MAX = 25;
/** A point that wanted more votes than are stored for so many tasks says too little to be recommended. */
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

/** Settings that weigh votes alike are judged once. */
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

/** What a task that pays so many sats costs with the fee; not rounded, as it goes into a mean. */
const costOf = (sats: number, { bps, minimumSats }: FeeTerms) =>
  sats + (sats > 0 ? Math.max((sats * bps) / 10_000, minimumSats) : 0);

type Costed = Pick<BackTestPoint, 'accuracy' | 'costSats' | 'short'>;

/** Of points that are equal in both, the first is on it. */
function isFrontier(place: number, all: readonly Costed[]): boolean {
  const point = all[place];
  if (!point || point.short > SHORT_MAX) return false;
  return !all.some((other, i) => {
    const isEqual = other.accuracy === point.accuracy && other.costSats === point.costSats;
    const isAsGood = other.accuracy >= point.accuracy && other.costSats <= point.costSats;
    return other.short <= SHORT_MAX && isAsGood && (!isEqual || i < place);
  });
}
