export { krippendorffAlpha } from './consensus/agreement';
export { decideReview } from './decide-review';
export { drawOf } from './draw';
export { shareRight } from './gold-figures';
export { goldChance, goldHealth } from './gold-posterior';
export { judgeTask } from './judge-task';
export { matchesKnownAnswer } from './known-answer';
export { labelWonAppeal } from './label-won-appeal';
export { findAgreement } from './outcome';
export { type PolicyOverrides, policyFor, SOWING } from './policy';
export { listOpenReviews } from './queries';
export { dropCountedEvidence, recordEvidence, takeBackEvidence } from './record-evidence';
export { recordQuizAnswer } from './record-quiz';
export { recordsOf, standingsOf } from './skill-standing';

export type { Json, JsonObject, Rule } from './stage';
