import { makeAnswer } from './features/sandbox/make-answer';
import type { Making } from './features/sandbox/making';
import { replay } from './features/verification/back-test/replay';
import { decideAlike } from './features/verification/consensus/fields';
import { refitFacet } from './features/verification/consensus/refit';
import { matchesGold } from './features/verification/gold-match';
import { learnType } from './features/verification/learn-type';
import { readVotes } from './features/verification/read-votes';
import type { Json } from './features/verification/stage';
import { runRules } from './features/verification/stages/rules';
import {
  compareTexts,
  expectTexts,
  judgeTexts,
  labelAnswerTexts,
} from './features/verification/thread-functions';
import {
  checkOutputText,
  findSchemaFault,
  normaliseText,
  warningsOf,
} from './platform/json-schema/thread-functions';
import { serveCalls } from './platform/threads/serve-calls';

function makeSandboxAnswers(makings: readonly Making[]) {
  return makings.map(([script, part, turn, schema, rules, payload]) =>
    makeAnswer(script, part, turn, schema, {
      keepsRules: (output) =>
        runRules(rules, payload, output as Json).every(({ outcome }) => outcome !== 'broken'),
      sayAlike: (one, other) => decideAlike(schema, one as Json, other as Json),
    }),
  );
}

/**
 * Every function that runs in a thread, by the name that `threadCall` calls it by. They are
 * synchronous and pure: nothing here may import the database, the network or the environment.
 */
serveCalls({
  'sandbox/make-answers': makeSandboxAnswers,
  'schema/check-output': checkOutputText,
  'schema/find-fault': findSchemaFault,
  'schema/normalise': normaliseText,
  'schema/warnings': warningsOf,
  'verification/back-test': replay,
  'verification/compare': compareTexts,
  'verification/expect': expectTexts,
  'verification/judge': judgeTexts,
  'verification/label-answers': labelAnswerTexts,
  'verification/learn-type': learnType,
  'verification/matches-gold': matchesGold,
  'verification/read-votes': readVotes,
  'verification/refit': refitFacet,
  'verification/run-rules': runRules,
});
