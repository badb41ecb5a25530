export { type BackTest, backTestOf } from './back-test/run-back-test';
export { cohenKappa, krippendorffAlpha } from './consensus/agreement';
export { calibrationOf, eceFloor } from './consensus/calibration';
export { type ConfidenceBasis, confidenceBasis } from './consensus/calibrator';
export { drawnBy, drawOf } from './draw';
export { type ExpectedTask, expectOutcomes } from './expect-outcomes';
export { findAgreement } from './find-agreement';
export { findDoubts } from './find-doubts';
export { forgetEvidence } from './forget-evidence';
export { shareRight } from './gold-figures';
export { type GoldAnswer, type GoldFault, goldHealth } from './gold-health';
export { goldChance } from './gold-posterior';
export { NO_GOLDS, scoredSince } from './gold-tally';
export { judgeTask, judgeTasks } from './judge-task';
export { matchesKnownAnswer } from './known-answer';
export { labelAnswers } from './label-answers';
export { labelWonAppeal } from './label-won-appeal';
export { listVotes, type Vote } from './list-votes';
export { loadTaskContext, type TaskContext } from './load-context';
export { liftPause, setPause } from './manage-pauses';
export { type PolicyOverrides, policyFor, SOWING } from './policy';
export { pseudonymOf } from './pseudonym';
export {
  dropCountedEvidence,
  recordEvidence,
  takeBackEvidence,
} from './record-evidence';
export { recordQuizAnswer } from './record-quiz';
export { probationEnds, returnByQuiz } from './return-to-type';
export { recordsOf, standingsOf } from './skill-standing';
export type { Json, JsonObject, Rule } from './stage';
export { shownPause, typeStandingsOf } from './type-standing';
export { isWithdrawn, liftUndue, withdrawGold } from './withdraw-gold';
