export { krippendorffAlpha } from './consensus/agreement';
export { decideReview } from './decide-review';
export { drawOf } from './draw';
export { shareRight } from './gold-figures';
export { goldChance, goldHealth } from './gold-posterior';
export { NO_GOLDS, talliedSince } from './gold-tally';
export { judgeTask } from './judge-task';
export { matchesKnownAnswer } from './known-answer';
export { type PolicyOverrides, policyFor, SOWING } from './policy';
export { listOpenReviews } from './queries';
export { recordQuizAnswer } from './record-quiz';
export { returnByQuiz } from './return-to-type';
export { recordsOf, standingsOf } from './skill-standing';

export type { Json, JsonObject, Rule } from './stage';
