export { krippendorffAlpha } from './consensus/agreement';
export { decideReview } from './decide-review';
export { drawnBy, drawOf } from './draw';
export { forgetEvidence } from './forget-evidence';
export { shareRight } from './gold-figures';
export { goldChance, goldHealth } from './gold-posterior';
export { judgeTask } from './judge-task';
export { matchesKnownAnswer } from './known-answer';
export { type PolicyOverrides, policyFor, SOWING } from './policy';
export { listOpenReviews } from './queries';
export { recordQuizAnswer } from './record-quiz';
export { recordsOf, standingsOf } from './skill-standing';

export type { Json, JsonObject, Rule } from './stage';
