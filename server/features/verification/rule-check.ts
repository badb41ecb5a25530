/** Which rules may run: they come from customers and run on our machines. */
import { jsonLogicProblem } from '@/server/platform/json-logic';
import type { Rule } from './stage';

/** What is wrong with a rule, as the end of a sentence that begins with its name; null when nothing is. */
export function ruleProblem(rule: Rule): string | null {
  return jsonLogicProblem([rule.when ?? true, rule.require]);
}
