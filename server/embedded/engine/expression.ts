import { type ASTNode, Environment } from '@marcbachmann/cel-js';

/** Variables of an expression: `event` always, `async` only if another event is awaited. */
export interface ExpressionInput {
  event: unknown;
  async?: unknown;
}

/** A checked expression that can be evaluated repeatedly. */
export interface Expression {
  source: string;
  /** The value, or `undefined` if evaluation failed (such as comparing null to a number). */
  value(input: ExpressionInput): unknown;
  /** True only if the value is exactly `true`; a failed evaluation does not match. */
  matches(input: ExpressionInput): boolean;
}

/** The expression is not valid CEL, or uses an unknown function. */
export class InvalidExpression extends Error {
  constructor(source: string, reason: string) {
    super(`The expression ${JSON.stringify(source)} is not valid: ${reason}`);
    this.name = 'InvalidExpression';
  }
}

const environment = new Environment({
  unlistedVariablesAreDyn: false,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 2_000, maxDepth: 100 },
})
  .registerVariable('event', 'dyn')
  .registerVariable('async', 'dyn')
  .registerFunction('lowercase(dyn): string', (text) => String(text).toLowerCase())
  .registerFunction('uppercase(dyn): string', (text) => String(text).toUpperCase())
  .registerFunction('date(dyn): google.protobuf.Timestamp', (text) => {
    const date = new Date(typeof text === 'bigint' ? Number(text) : text);
    if (Number.isNaN(date.getTime())) throw new Error('date() requires a date');
    return date;
  })
  .registerFunction('b64decode(dyn): string', (text) =>
    Buffer.from(String(text), 'base64').toString('utf8'),
  )
  .registerFunction('json_parse(dyn): dyn', (text) => JSON.parse(String(text)));

type EvaluateNode = (evaluator: unknown, node: ASTNode, context: unknown) => unknown;

/**
 * Makes reading a missing field null instead of an error, like the real server. Replaces the
 * evaluation of the access nodes of one parsed tree; `has()` reads its path without them, so it
 * still distinguishes a missing field from a null one.
 */
function readMissingAsNull(node: unknown): void {
  if (Array.isArray(node)) {
    for (const item of node) readMissingAsNull(item);
    return;
  }
  if (!isNode(node)) return;
  if (node.op === '.' || node.op === '[]') {
    const target = node as ASTNode & { evaluate: EvaluateNode };
    const original = target.evaluate;
    target.evaluate = (evaluator, self, context) => {
      try {
        return original.call(self, evaluator, self, context);
      } catch (error) {
        if (isMissingKey(error)) return null;
        throw error;
      }
    };
  }
  readMissingAsNull(node.args);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

function isMissingKey(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.message.startsWith('No such key');
}

const compiled = new Map<string, Expression>();

/**
 * Parses and checks `source`; the result is cached, since few distinct expressions are evaluated
 * often.
 * @throws InvalidExpression
 */
export function compileExpression(source: string): Expression {
  const known = compiled.get(source);
  if (known) return known;
  const expression = build(source);
  if (compiled.size > 5_000) compiled.clear();
  compiled.set(source, expression);
  return expression;
}

function build(source: string): Expression {
  let program: ReturnType<typeof environment.parse>;
  try {
    program = environment.parse(source);
    const verdict = program.check();
    if (!verdict.valid) throw verdict.error ?? new Error('it does not type-check');
  } catch (error) {
    throw new InvalidExpression(source, error instanceof Error ? error.message : String(error));
  }
  readMissingAsNull(program.ast);
  const value = (input: ExpressionInput): unknown => {
    try {
      return program({ event: input.event, async: input.async ?? {} });
    } catch {
      return undefined;
    }
  };
  return { source, value, matches: (input) => value(input) === true };
}

/** The value as text that names a partition: equal values of any type give equal text. */
export function keyText(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') return value;
  return (
    JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? Number(item) : item)) ??
    'undefined'
  );
}
