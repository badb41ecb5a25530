/** All signals, as one list: the stage evaluates them, the dashboard discloses them to workers. */
import { duplicateText, pastedAnswer } from './content';
import { sameDevice, sameNetwork } from './device';
import { labelDrift } from './label-drift';
import { lowAccuracy } from './low-accuracy';
import { straightLining } from './pattern';
import { repeatedAnswers } from './repeated-answers';
import type { Signal } from './signal';
import { belowTimeFloor, impossibleThroughput, unusuallyFast } from './timing';

export const SIGNALS: readonly Signal[] = [
  belowTimeFloor,
  unusuallyFast,
  impossibleThroughput,
  duplicateText,
  pastedAnswer,
  sameDevice,
  sameNetwork,
  straightLining,
  labelDrift,
  lowAccuracy,
  repeatedAnswers,
];
