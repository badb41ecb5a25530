export { type BackTest, backTestOf } from './back-test/run-back-test';
export { cohenKappa, krippendorffAlpha } from './consensus/agreement';
export { calibrationOf, eceFloor } from './consensus/calibration';
export { type ConfidenceBasis, confidenceBasis } from './consensus/calibrator';
export { decideReview } from './decide-review';
export { drawOf } from './draw';
export { type ExpectedTask, expectOutcomes } from './expect-outcomes';
export { shareRight } from './gold-figures';
export { goldChance, goldHealth } from './gold-posterior';
export { judgeTask } from './judge-task';
export { matchesKnownAnswer } from './known-answer';
export { listVotes, type Vote } from './list-votes';
export { type PolicyOverrides, policyFor, SOWING } from './policy';
export { pseudonymOf } from './pseudonym';
export { listOpenReviews } from './queries';
export { recordQuizAnswer } from './record-quiz';
export { recordsOf, standingsOf } from './skill-standing';

export type { Json, JsonObject, Rule } from './stage';
