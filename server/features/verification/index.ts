export { cohenKappa, krippendorffAlpha } from './consensus/agreement';
export { drawOf } from './draw';
export { shareRight } from './gold-figures';
export { goldChance, goldHealth } from './gold-posterior';
export { judgeTask } from './judge-task';
export { matchesKnownAnswer } from './known-answer';
export { labelAnswers } from './label-answers';
export { loadTaskContext, type TaskContext } from './load-context';
export { findAgreement } from './outcome';
export { type PolicyOverrides, policyFor, SOWING } from './policy';
export { recordEvidence } from './record-evidence';
export { recordQuizAnswer } from './record-quiz';
export { recordsOf, standingsOf } from './skill-standing';

export type { Json, JsonObject, Rule } from './stage';
