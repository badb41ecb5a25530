import type { FieldFault } from '@/server/platform/errors';
import { jsonLogicProblem, jsonLogicVariables } from '@/server/platform/json-logic';
import type { Rule } from './schema';

const READABLE = /^(payload|output)(\.|$)/;

/** Every fault of a type's rules: unknown operators, unresolvable names, duplicate IDs. */
export function faultsOfRules(rules: readonly Rule[]): FieldFault[] {
  return rules.flatMap((rule, index) => [
    ...faultsOfLogic(rule, index),
    ...(rules.findIndex(({ id }) => id === rule.id) < index
      ? [fault(`rules.${index}.id`, `Two rules have the id "${rule.id}"; ids must be unique.`)]
      : []),
  ]);
}

function faultsOfLogic(rule: Rule, index: number): FieldFault[] {
  const parts = rule.when === undefined ? (['require'] as const) : (['when', 'require'] as const);
  const faults = parts.flatMap((part) => {
    const param = `rules.${index}.${part}`;
    const problem = jsonLogicProblem([rule[part]]);
    if (problem) return [fault(param, `The rule "${rule.id}" ${problem}.`)];
    const lost = jsonLogicVariables(rule[part]).filter((name) => !READABLE.test(name));
    return lost.map((name) =>
      fault(
        param,
        `The rule "${rule.id}" reads "${name.slice(0, 100)}", which is always empty; names start with "output." or "payload.".`,
      ),
    );
  });
  if (faults.length > 0) return faults;
  const together = jsonLogicProblem([rule.when ?? true, rule.require]);
  return together ? [fault(`rules.${index}`, `The rule "${rule.id}" ${together}.`)] : [];
}

function fault(param: string, message: string): FieldFault {
  return { param, code: 'invalid_field', message };
}
