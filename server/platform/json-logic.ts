/**
 * Which JSON Logic we run for customers: only pure operators, and nothing that multiplies work
 * (nested loops, text built in loops).
 */
import { isJsonObject } from './json-schema/json';

const LOOPS = new Set(['map', 'filter', 'reduce', 'all', 'none', 'some']);
const OPERATORS = new Set([
  ...LOOPS,
  ...['var', 'missing', 'missing_some', 'if', '?:', 'and', 'or', '!', '!!', 'in', 'cat', 'substr'],
  ...['==', '===', '!=', '!==', '>', '>=', '<', '<=', '+', '-', '*', '/', '%', 'min', 'max'],
]);
const NODES_MAX = 300;
const LOOPS_MAX = 3;
const DEPTH_MAX = 20;

interface Tally {
  nodes: number;
  loops: number;
}

function problemIn(logic: unknown, depth: number, inLoop: boolean, tally: Tally): string | null {
  tally.nodes++;
  if (tally.nodes > NODES_MAX) return `has more than ${NODES_MAX} parts`;
  if (depth > DEPTH_MAX) return `is nested deeper than ${DEPTH_MAX}`;
  if (Array.isArray(logic)) return firstProblem(logic, depth, inLoop, tally);
  if (!isJsonObject(logic)) return null;
  const [operator, ...more] = Object.keys(logic);
  if (operator === undefined || more.length > 0) {
    return 'has an object that is not one operator with its arguments';
  }
  if (!OPERATORS.has(operator)) {
    return `uses the operator "${operator.slice(0, 64)}", which is not allowed`;
  }
  if (operator === 'cat' && inLoop) return 'builds text with "cat" inside a loop';
  const raw = logic[operator] ?? null;
  const values = Array.isArray(raw) ? raw : [raw];
  if (operator.startsWith('missing') && !values.flat().every(isPlain)) {
    return `uses "${operator}" with names that are not written out`;
  }
  const loop = LOOPS.has(operator);
  if (loop && ++tally.loops > LOOPS_MAX) return `has more than ${LOOPS_MAX} loops`;
  return firstProblem(values, depth, inLoop || loop, tally);
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function firstProblem(
  parts: readonly unknown[],
  depth: number,
  inLoop: boolean,
  tally: Tally,
): string | null {
  for (const part of parts) {
    const problem = problemIn(part, depth + 1, inLoop, tally);
    if (problem) return problem;
  }
  return null;
}

/**
 * The problem with expressions that share one budget, as the predicate of a sentence; null if they
 * can be run.
 */
export function jsonLogicProblem(expressions: readonly unknown[]): string | null {
  return firstProblem(expressions, 0, false, { nodes: 0, loops: 0 });
}

/** The names read through `var`, outside of loops, where names refer to items. */
export function jsonLogicVariables(logic: unknown): string[] {
  if (Array.isArray(logic)) return logic.flatMap(jsonLogicVariables);
  if (!isJsonObject(logic)) return [];
  return Object.entries(logic).flatMap(([operator, raw]) => {
    const values: unknown[] = Array.isArray(raw) ? raw : [raw];
    if (operator === 'var') {
      const [name, ...fallback] = values;
      return [...(isPlain(name) ? [String(name)] : []), ...jsonLogicVariables(fallback)];
    }
    return jsonLogicVariables(LOOPS.has(operator) ? values[0] : values);
  });
}
