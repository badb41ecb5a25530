import type { JsonObject, Rule } from '@/server/features/verification';
import type { Part, Script } from './script';

/** The inputs of a generated answer: a script with the type's rules and the task's payload. */
export type Making = [
  script: Script,
  part: Part,
  turn: number,
  schema: JsonObject,
  rules: readonly Rule[],
  payload: JsonObject,
];
