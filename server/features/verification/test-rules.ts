import { assertActsForOrganization } from '@/server/features/organizations';
import { faultsOfRules } from '@/server/features/task-types';
import type { Rule } from '@/server/features/task-types/schema';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { InvalidRequest } from '@/server/platform/errors';
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import type { RuleExample, RuleTally, RuleTest, TestRules } from './schema';
import type { JsonObject, Rule as JudgedRule } from './stage';
import type { RuleOutcome, runRules } from './stages/rules';

const EXAMPLES_MAX = 10;

const runInThread = threadCall<typeof runRules>('verification/run-rules', { limitMs: 2_000 });

/**
 * Which of a type's last answers the rules would reject, without side effects: a preview of new
 * rules before they affect anybody's pay.
 * @throws InvalidRequest 400 with every fault of the rules
 */
export async function testRules(actor: Actor, input: TestRules): Promise<RuleTest> {
  const { organizationId, mode } = assertActsForOrganization(actor, 'task type');
  const faults = faultsOfRules(input.rules);
  if (faults.length > 0) throw InvalidRequest.fromFaults(faults);
  const answers = await db.answer.findMany({
    where: { type: input.type, mode, task: { organizationId, mode, reservedFor: null } },
    orderBy: { id: 'desc' },
    take: input.limit,
    select: {
      id: true,
      taskId: true,
      output: true,
      status: true,
      createdAt: true,
      task: { select: { payload: true } },
    },
  });
  const judged: { answer: (typeof answers)[number]; outcomes: RuleOutcome[] }[] = [];
  for (const answer of answers) {
    const { payload } = answer.task;
    const outcomes = await runOnAnswer(input.rules as JudgedRule[], payload, answer.output);
    judged.push({ answer, outcomes });
  }
  const rejected = judged.filter(({ outcomes }) => outcomes.some(isBroken));
  return {
    tested: judged.length,
    passed: judged.length - rejected.length,
    rejected: rejected.length,
    acceptedBefore: rejected.filter(({ answer }) => answer.status === 'accepted').length,
    rules: input.rules.map((rule, index) =>
      tallyOf(
        rule,
        judged.flatMap(({ outcomes }) => outcomes[index] ?? []),
      ),
    ),
    examples: rejected.slice(0, EXAMPLES_MAX).map(
      ({ answer, outcomes }): RuleExample => ({
        answerId: answer.id,
        taskId: answer.taskId,
        output: answer.output,
        wasAccepted: answer.status === 'accepted',
        broken: outcomes.flatMap((outcome) =>
          outcome.outcome === 'broken' ? [{ id: outcome.id, message: outcome.message }] : [],
        ),
        answeredAt: answer.createdAt,
      }),
    ),
  };
}

/** Rules on one answer; all are errors if they take too long on it. */
function runOnAnswer(
  rules: JudgedRule[],
  payload: unknown,
  output: unknown,
): Promise<RuleOutcome[]> {
  return unlessTooCostly(runInThread(rules, payload as JsonObject, output as JsonObject), () =>
    rules.map(({ id }) => ({ id, outcome: 'error', error: 'It takes too long on this answer.' })),
  );
}

const isBroken = ({ outcome }: RuleOutcome) => outcome === 'broken';

function tallyOf(rule: Rule, outcomes: readonly RuleOutcome[]): RuleTally {
  const count = (kind: RuleOutcome['outcome']) =>
    outcomes.filter(({ outcome }) => outcome === kind).length;
  const failed = outcomes.find((outcome) => outcome.outcome === 'error');
  return {
    id: rule.id,
    holds: count('holds'),
    broken: count('broken'),
    notApplicable: count('not_applicable'),
    errors: count('error'),
    error: failed?.outcome === 'error' ? failed.error : null,
  };
}
