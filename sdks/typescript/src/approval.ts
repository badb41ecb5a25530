import type { Answer, AskOptions, QuestionOptions } from './ask.js';
import { HumanRailError } from './errors.js';
import { randomKey } from './idempotency-key.js';
import { canonicalJson, type Json, plainJson } from './json.js';
import { ApprovalDeniedError } from './task-errors.js';

/** How one tool's calls are approved. */
export interface ApprovalOptions<Args extends readonly unknown[] = readonly unknown[]>
  extends QuestionOptions {
  /** The tool's name, as shown to the person. */
  tool: string;
  /** The question, or a function that derives it from a call; default `Allow the call of <tool>?`. */
  question?: string | ((...args: Args) => string);
  /**
   * What the person sees of a call's arguments, as JSON. Unless given, all of it: the one argument,
   * a list of several, `{}` of none. Leave out what is secret or no JSON, never what decides.
   */
  show?: (...args: Args) => unknown;
  /**
   * The idempotency key, or a function that derives it from a call. New for each call by default: one
   * derived from the arguments would let yesterday's approval allow the same call today. Set one
   * if a call has an identity of its own (an order's refund, a run of a workflow), so that a
   * program that restarts between question and answer finds its question.
   */
  key?: string | ((...args: Args) => string);
}

/** What a person is asked for an approval. */
export const APPROVAL_SCHEMA = {
  type: 'object',
  required: ['approved'],
  properties: {
    approved: { type: 'boolean', title: 'Approve' },
    reason: { type: 'string', title: 'Reason' },
  },
  additionalProperties: false,
} as const;

/** What a person decided. */
export interface Decision {
  approved: boolean;
  reason?: string;
}

/** What `ask` is called with for one call of a guarded tool. */
export interface ApprovalQuestion {
  readonly question: string;
  readonly options: AskOptions;
  /** What the person sees of the arguments. */
  readonly shown: Json;
}

/** @throws HumanRailError for what cannot be guarded, or arguments that cannot be shown. */
export function approvalQuestion<Args extends readonly unknown[]>(
  options: ApprovalOptions<Args>,
  args: Args,
): ApprovalQuestion {
  const { tool, question, show: _, key, ...rest } = options;
  const shown = shownArguments(options, args);
  return {
    question:
      (typeof question === 'function' ? question(...args) : question) ??
      `Allow the call of ${tool}?`,
    options: {
      ...rest,
      payload: { tool, arguments: shown },
      returns: APPROVAL_SCHEMA,
      key: (typeof key === 'function' ? key(...args) : key) ?? `approval:${randomKey()}`,
    },
    shown,
  };
}

/** @throws ApprovalDeniedError unless the answer is a yes. */
export function assertApproved(tool: string, answer: Answer<unknown>): void {
  const { approved, reason } = decisionOf(answer);
  if (approved) return;
  throw new ApprovalDeniedError(
    `The call of ${tool} was denied${reason ? `: ${reason}` : '.'}`,
    answer.task,
    reason,
  );
}

/** What was decided; anything but a plain yes is a no. */
export function decisionOf({ value }: Answer<unknown>): Decision {
  const { approved, reason } = (value ?? {}) as { approved?: unknown; reason?: unknown };
  return {
    approved: approved === true,
    ...(typeof reason === 'string' && reason !== '' ? { reason } : {}),
  };
}

/** Guards a function: asks before each call, and calls it only after a yes. */
export function guarded<Args extends readonly unknown[], R>(
  ask: (question: string, options: AskOptions) => Promise<Answer<unknown>>,
  fn: (...args: Args) => R | Promise<R>,
  options: ApprovalOptions<Args>,
): (...args: Args) => Promise<R> {
  if (typeof fn !== 'function') {
    throw new HumanRailError(`requireApproval guards functions, not ${typeof fn}.`);
  }
  if (typeof options?.tool !== 'string' || options.tool.trim() === '') {
    throw new HumanRailError("requireApproval needs the tool's name: { tool: 'issue_refund' }.");
  }
  return async (...args) => {
    const { question, options: asked, shown } = approvalQuestion(options, args);
    const answer = await ask(question, asked);
    assertApproved(options.tool, answer);
    if (canonicalJson(shownArguments(options, args)) !== canonicalJson(shown)) {
      throw new HumanRailError(
        `The arguments of ${options.tool} were changed while a person looked at them, so it was not called.`,
      );
    }
    return await fn(...args);
  };
}

function shownArguments<Args extends readonly unknown[]>(
  { show }: ApprovalOptions<Args>,
  args: Args,
): Json {
  const all = args.length > 1 ? args : args[0];
  return plainJson((show ? show(...args) : all) ?? {}, 'arguments');
}
