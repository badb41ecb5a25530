/** The six stages, in order of execution. */
import type { Stage } from '../stage';
import { anomalyStage } from './anomaly';
import { consensusStage } from './consensus';
import { goldStage } from './gold';
import { qaStage } from './qa';
import { rulesStage } from './rules';
import { schemaStage } from './schema';

export const STAGES: readonly Stage[] = [
  schemaStage,
  rulesStage,
  anomalyStage,
  goldStage,
  consensusStage,
  qaStage,
];
