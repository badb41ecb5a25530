import { assertActsForOrganization } from '@/server/features/organizations';
import { resolveTaskType } from '@/server/features/task-types';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { Conflict } from '@/server/platform/errors';
import { feeTerms } from '@/server/platform/fee-terms';
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import type { Evidence, FacetEvidence } from '../consensus/evidence-facts';
import { facetKeysOf } from '../consensus/facets';
import { fieldsOf } from '../consensus/fields';
import { findCrowdFacts } from '../crowd-facts';
import { type EvidenceOwner, loadEvidence } from '../evidence';
import { type PolicyOverrides, policyFor } from '../policy';
import { type BackTestSettings, RunBackTest } from '../schema';
import { loadStoredVotes } from './load-votes';
import type { BackTestPlan, BackTestResult, replay } from './replay';
import { type Settings, settingsOf } from './settings';
import type { StoredSchema } from './stored-votes';

const replayThere = threadCall<typeof replay>('verification/back-test', { limitMs: 5_000 });

/** Voters whose evidence is read per statement, to yield to other queries. */
const VOTERS_AT_ONCE = 300;

export interface BackTest extends BackTestResult {
  type: string;
  current: Settings;
  asked: Settings | null;
}

/** 409: the votes are too many or too large to replay in time. */
class BackTestTooCostly extends Conflict {
  constructor() {
    super('back_test_too_costly', 'The answers of this type are too large to be replayed in time.');
  }
}

/**
 * Replays the organization's stored votes of a type with other settings: accuracy, cost and latency
 * with the type's own, with the requested ones, and with a range from one vote to all.
 * @throws NotFound for actors without an organization; BackTestTooCostly 409.
 */
export async function runBackTest(actor: Actor, input: RunBackTest): Promise<BackTest> {
  const { type, settings } = RunBackTest.parse(input);
  const { organizationId, mode } = assertActsForOrganization(actor, 'back-test');
  return backTestOf({ organizationId, mode, type }, settings);
}

/** Same, for the command line, without an actor. */
export async function backTestOf(
  owner: EvidenceOwner,
  asked?: BackTestSettings,
): Promise<BackTest> {
  const [samples, crowd, type] = await Promise.all([
    loadStoredVotes(owner),
    findCrowdFacts(owner),
    resolveTaskType(owner),
  ]);
  const policy = policyFor(type?.riskTier ?? 'medium', (type?.policy ?? {}) as PolicyOverrides);
  // If the type sets no rate, golds come at the policy's final rate.
  const current = await currentSettings(owner, type, policy.gold.finalRate);
  const wanted = asked ? settingsOf(current, asked) : null;
  const evidence = await evidenceOf(owner, samples, crowd.classPriors);
  const plan: BackTestPlan = { current, asked: wanted, fee: feeTerms() };
  const work = replayThere(samples, evidence, policy.consensus, plan);
  const result = await unlessTooCostly<BackTestResult | null>(work, () => null);
  if (!result) throw new BackTestTooCostly();
  return { ...result, type: owner.type, current, asked: wanted };
}

/** The type's settings, with the latest task's as defaults. */
async function currentSettings(
  { organizationId, mode, type }: EvidenceOwner,
  saved: Awaited<ReturnType<typeof resolveTaskType>>,
  goldRate: number,
): Promise<Settings> {
  const latest = await db.task.findFirst({
    where: { organizationId, mode, type, reservedFor: null },
    orderBy: { id: 'desc' },
    select: { minVotes: true, maxVotes: true, targetConfidence: true, voteValue: true },
  });
  const base: Settings = {
    minVotes: latest?.minVotes ?? 1,
    maxVotes: latest?.maxVotes ?? 1,
    targetConfidence: latest?.targetConfidence ?? 0.9,
    voteValue: latest?.voteValue ?? 0.01,
    goldRate: saved?.goldRate ?? goldRate,
    method: 'current',
  };
  return settingsOf(base, saved?.redundancy ?? {});
}

/** The evidence about all voters, in all facets of the samples. */
async function evidenceOf(
  owner: EvidenceOwner,
  samples: readonly StoredSchema[],
  classPriors: Readonly<Record<string, readonly number[]>>,
): Promise<Evidence> {
  const facets = new Set(samples.flatMap(({ schema }) => facetKeysOf(fieldsOf(schema))));
  const voters = new Set(
    samples.flatMap(({ tasks }) => tasks.flatMap(({ votes }) => votes.map((v) => v.workerId))),
  );
  const scope = { ...owner, facets: [...facets], sharesSkills: false };
  const all: Record<string, FacetEvidence> = {};
  const workers = [...voters];
  for (let from = 0; from === 0 || from < workers.length; from += VOTERS_AT_ONCE) {
    const part = await loadEvidence(scope, workers.slice(from, from + VOTERS_AT_ONCE), classPriors);
    for (const [facet, known] of Object.entries(part)) {
      all[facet] = all[facet] ? merged(all[facet], known) : known;
    }
  }
  return all;
}

function merged(one: FacetEvidence, other: FacetEvidence): FacetEvidence {
  const models = one.models && {
    ...one.models,
    workers: { ...one.models.workers, ...other.models?.workers },
  };
  return {
    ...one,
    voters: { ...one.voters, ...other.voters },
    ...(models ? { models } : {}),
  };
}
