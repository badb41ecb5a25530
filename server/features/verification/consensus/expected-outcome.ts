/** Expected number of votes and confidence of a task, before anybody has answered. */

import type { VerificationPolicy } from '../policy';
import type { Redundancy, RiskTier } from '../stage';
import { needMoreVotes } from './adaptive';
import { calibrate, calibratorOf, meansOf, UNFITTED } from './calibrator';
import type { Evidence } from './evidence-facts';
import { type Facet, facetsOf } from './facets';
import { decisiveFields, type Field } from './fields';
import { poolAccuracyOf } from './gold-naive-bayes';
import { type LabelResult, voteOnLabels } from './label-vote';
import { chanceWithin } from './number-vote';
import { remembered } from './remembered';
import { seededRandom } from './seeded-random';
import { voteOnSet } from './set-vote';
import { together } from './together';
import { voteGain } from './vote-gain';

export interface OutcomePlan {
  redundancy: Redundancy;
  tier: RiskTier;
}

export interface ExpectedOutcome {
  /** Mean number of votes. */
  votes: number;
  /** Mean confidence of the output, which equals the expected share of correct outputs. */
  confidence: number;
}

const RUNS = 200;
const SEED = 1;
/** With more facets, simulating votes takes too long. */
const FACETS_MAX = 200;
/** More labels than these only add time. */
const LABELS_MAX = 20;
const NO_POOL = { total: 0, right: 0, squaredError: 0 };

/** The confidence of one facet after some votes, and after one to three more. */
interface Standing {
  confidence: number;
  tie: boolean;
  confidenceAfter: (votes: number) => number;
}

/** One facet on which average workers vote. */
interface Ballot {
  add: (random: () => number) => void;
  standing: () => Standing;
}

/**
 * Simulates average workers of the type's pool on a few hundred tasks, with votes requested like in
 * a judgement. For open and closed facets; equal arguments give equal results.
 * @param evidence Pools and calibrators by facet; individual voters do not matter.
 * @returns null for a schema with too many facets, or without a deciding one.
 */
export function expectedOutcome(
  fields: readonly Field[],
  { redundancy, tier }: OutcomePlan,
  evidence: Evidence,
  policy: VerificationPolicy['consensus'],
): ExpectedOutcome | null {
  const makers = decisiveFields(fields).flatMap((field) => ballotMakers(field, evidence, policy));
  if (makers.length === 0 || makers.length > FACETS_MAX) return null;
  const random = seededRandom(SEED);
  let votes = 0;
  let confidence = 0;
  for (let run = 0; run < RUNS; run++) {
    const ballots = makers.map((make) => make());
    let accepted = 0;
    for (;;) {
      accepted++;
      for (const ballot of ballots) ballot.add(random);
      const facets = ballots.map((ballot) => ballot.standing());
      const sure = together(facets.map((facet) => ({ confidence: facet.confidence, golds: 0 })));
      const decision = needMoreVotes(
        {
          accepted,
          votesRemaining: redundancy.maxVotes - accepted,
          confidence: sure,
          tie: facets.some(({ tie }) => tie),
          confidenceAfter: (further) =>
            together(
              facets.map(({ confidenceAfter }) => ({
                confidence: confidenceAfter(further),
                golds: 0,
              })),
            ),
        },
        redundancy,
        tier,
      );
      if (decision.decision === 'need_vote') continue;
      votes += accepted;
      confidence += sure;
      break;
    }
  }
  return { votes: votes / RUNS, confidence: confidence / RUNS };
}

function ballotMakers(
  field: Field,
  evidence: Evidence,
  policy: VerificationPolicy['consensus'],
): (() => Ballot)[] {
  const { presence, value, whole } = facetsOf(field);
  const labels = (facet: Facet) => {
    const k = facet.kind === 'labels' ? facet.labels.length : policy.openLabels;
    return labelBallots(facet, Math.min(LABELS_MAX, Math.max(1, k)), evidence);
  };
  if (whole) return [...(presence ? [labels(presence)] : []), setBallots(whole, value, evidence)];
  return [...(presence ? [presence] : []), ...value].map((facet) => {
    if (facet.kind === 'number' && (field.kind === 'number' || field.kind === 'date')) {
      const pool = evidence[facet.key]?.pool ?? NO_POOL;
      return numberBallots(facet, (votes) => chanceWithin(field, votes, pool, policy), evidence);
    }
    return labels(facet);
  });
}

function calibratorFor({ key }: Facet, evidence: Evidence) {
  const known = evidence[key]?.calibrator;
  return known ? calibratorOf(known.gains) : UNFITTED;
}

function labelBallots(facet: Facet, k: number, evidence: Evidence): () => Ballot {
  const calibrator = calibratorFor(facet, evidence);
  const ballots = strangers(facet, k, evidence, 1);
  const standingOf = remembered((result: LabelResult): Standing => {
    const confidence = calibrate(result.posterior, calibrator)[result.winner] ?? 0;
    const outlook = { ...result, ...meansOf(calibrator) };
    const gains = [0, 0, 0, 0].map((_, further) => (further > 0 ? voteGain(outlook, further) : 0));
    const confidenceAfter = (further: number) => confidence + (gains[further] ?? 0);
    return { confidence, tie: result.tie, confidenceAfter };
  });
  return () => {
    const { add, result } = ballots();
    return { add, standing: () => standingOf(result()) };
  };
}

/** A set's confidence is that of all its items together. */
function setBallots(whole: Facet, items: readonly Facet[], evidence: Evidence): () => Ballot {
  const calibrator = calibratorFor(whole, evidence);
  const makers = items.map((item) =>
    strangers(item, item.labels.length, evidence, 1 / items.length),
  );
  return () => {
    const ballots = makers.map((make) => make());
    return {
      add: (random) => {
        for (const ballot of ballots) ballot.add(random);
      },
      standing: () =>
        voteOnSet(
          ballots.map((ballot) => ballot.result()),
          calibrator,
        ),
    };
  };
}

/** Average workers' votes weigh the same, so only the counts matter; each case is memoized. */
function strangers(facet: Facet, k: number, evidence: Evidence, share: number) {
  const pool = evidence[facet.key]?.pool ?? NO_POOL;
  const accuracy = poolAccuracyOf(pool, k, share);
  const known = new Map<string, LabelResult>();
  const resultOf = (counts: readonly number[]): LabelResult => {
    const sorted = counts.filter((count) => count > 0).sort((a, b) => b - a);
    const key = sorted.join();
    const found = known.get(key);
    if (found) return found;
    const votes = sorted.flatMap((count, label) =>
      Array.from({ length: count }, (_, n) => ({ workerId: `${label}.${n}`, label })),
    );
    const result = voteOnLabels(votes, k, { pool, voters: {} }, share);
    known.set(key, result);
    return result;
  };
  return () => {
    const counts = new Array<number>(k).fill(0);
    return {
      add: (random: () => number) => {
        const isRight = k === 1 || random() < accuracy;
        const label = isRight ? 0 : 1 + Math.floor(random() * (k - 1));
        counts[label] = (counts[label] ?? 0) + 1;
      },
      result: () => resultOf(counts),
    };
  };
}

function numberBallots(
  facet: Facet,
  chanceAfter: (votes: number) => number,
  evidence: Evidence,
): () => Ballot {
  const calibrator = calibratorFor(facet, evidence);
  const known = new Map<number, number>();
  const stated = (votes: number) => {
    const found = known.get(votes);
    if (found !== undefined) return found;
    const chance = chanceAfter(votes);
    const confidence = calibrate([chance, 1 - chance], calibrator)[0] ?? 0;
    known.set(votes, confidence);
    return confidence;
  };
  return () => {
    let votes = 0;
    return {
      add: () => {
        votes++;
      },
      standing: () => ({
        confidence: stated(votes),
        tie: false,
        confidenceAfter: (further) => stated(votes + further),
      }),
    };
  };
}
