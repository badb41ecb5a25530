import { resolveTaskType } from '@/server/features/task-types';
import { formSchemaOf } from '@/server/platform/json-schema';
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import type { Evidence } from './consensus/evidence-facts';
import type { ExpectedOutcome, OutcomePlan } from './consensus/expected-outcome';
import { facetsOf } from './consensus/facets';
import { decisiveFields, fieldsOf } from './consensus/fields';
import { findCrowdFacts } from './crowd-facts';
import { type EvidenceOwner, loadEvidence } from './evidence';
import { facetScopeOf } from './load-context';
import { type PolicyOverrides, policyFor } from './policy';
import type { JsonObject } from './stage';
import type { expectTexts } from './thread-functions';

const expectThere = threadCall<typeof expectTexts>('verification/expect', { limitMs: 3_000 });

/** A task that is not created yet. */
export interface ExpectedTask extends EvidenceOwner {
  outputSchema: object;
  poolOrganizationId: string | null;
}

export interface Expectation {
  /** Golds, reviews and so on of the field with the least evidence. */
  labelled: number;
  /** In the order of the plans; null if it cannot be estimated. */
  outcomes: (ExpectedOutcome | null)[];
}

/** The expected outcome of a task under each plan if average workers of its type answered it. */
export async function expectOutcomes(
  task: ExpectedTask,
  plans: readonly OutcomePlan[],
): Promise<Expectation> {
  const [schema, crowd, type] = await Promise.all([
    formSchemaOf(task.outputSchema as Record<string, unknown>),
    findCrowdFacts(task),
    resolveTaskType(task),
  ]);
  const scope = facetScopeOf(task, schema as JsonObject, crowd);
  const evidence = await loadEvidence(scope, []);
  const { consensus } = policyFor('medium', (type?.policy ?? {}) as PolicyOverrides);
  const work = expectThere(JSON.stringify(task.outputSchema), plans, {
    evidence,
    policy: consensus,
  });
  return {
    labelled: leastLabelled(schema as JsonObject, evidence),
    outcomes: await unlessTooCostly(work, () => plans.map(() => null)),
  };
}

/** In the deciding facet with the least evidence. */
function leastLabelled(schema: JsonObject, evidence: Evidence): number {
  const facets = decisiveFields(fieldsOf(schema)).flatMap((field) => {
    const { presence, value } = facetsOf(field);
    return [...(presence ? [presence] : []), ...value];
  });
  return Math.min(...facets.map(({ key }) => evidence[key]?.pool.total ?? 0));
}
