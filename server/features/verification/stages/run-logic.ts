/** JSON Logic with a budget: an expression in a loop over a long list could run for minutes. */
import jsonLogic, { type RulesLogic } from 'json-logic-js';
import type { Json, JsonObject } from '../stage';

/** Total operators, values and list items that all rules may evaluate on one answer. */
export const EVALUATED_NODES_MAX = 500_000;

let nodesLeft = EVALUATED_NODES_MAX;
const evaluate = jsonLogic.apply;

// The library calls itself by this name for every part of an expression.
jsonLogic.apply = (logic, data) => {
  nodesLeft -= 1;
  if (nodesLeft < 0) {
    throw new Error(
      `The rules of one answer may evaluate ${EVALUATED_NODES_MAX} parts; loop over shorter lists.`,
    );
  }
  return evaluate(logic, data);
};

/** Runs `judge`; all calls of `holds` within it share one budget. */
export function withLogicBudget<T>(judge: () => T): T {
  nodesLeft = EVALUATED_NODES_MAX;
  return judge();
}

/**
 * Whether an expression is truthy in JSON Logic: an empty list is false.
 * @throws Error beyond the budget, and for invalid expressions.
 */
export function holds(logic: Json, data: JsonObject): boolean {
  return jsonLogic.truthy(jsonLogic.apply(logic as RulesLogic, data));
}
