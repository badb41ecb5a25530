/** Validates rules: they come from customers and run on our machines. */
import { jsonLogicProblem } from '@/server/platform/json-logic';
import type { Rule } from './stage';

/** A rule's fault, as the end of a sentence that starts with its name; null if there is none. */
export function ruleProblem(rule: Rule): string | null {
  return jsonLogicProblem([rule.when ?? true, rule.require]);
}
