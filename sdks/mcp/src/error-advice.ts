import {
  AuthenticationError,
  AuthorizationError,
  ConflictError,
  ConnectionError,
  type HumanRailError,
  InsufficientFundsError,
  NotFoundError,
  RateLimitError,
  ValidationError,
} from '@humanrail/sdk';

/** An error of the API in words that tell a model what to do. */
export function explain(error: HumanRailError): string {
  const lines = [error.message, adviceOn(error)];
  if (error instanceof ValidationError && Array.isArray(error.details)) {
    lines.push(`Faults: ${JSON.stringify(error.details)}`);
  } else if (error.param) {
    lines.push(`Field: ${error.param}`);
  }
  const facts = [
    error.code && `code ${error.code}`,
    error.requestId && `request ${error.requestId}`,
  ];
  const known = facts.filter(Boolean).join(', ');
  if (known) lines.push(`(${known})`);
  return lines.join('\n');
}

/** Advice for errors whose class is not specific enough, by `error.code`. */
export const ADVICE_BY_CODE: Readonly<Record<string, string>> = {
  missing_scope:
    'Tell your user: the API key needs this scope; a key with it can be made in the dashboard.',
  spend_cap_reached:
    'Tell your user: the key has spent what it may today. Wait until tomorrow, or have its cap raised.',
  idempotency_mismatch:
    'A task with this key exists and differs. Repeat the first call as it was, or pass another key to create another task.',
  idempotency_in_flight: 'The same call is still running. Make it again in a moment.',
  task_not_cancellable: 'Its answer has been handed in, or it has ended. Read it by get_task.',
  invalid_output_schema: 'Mend the JSON Schema and call again.',
  unknown_skill: 'Leave the skill out, or name one that exists.',
  no_eligible_worker: 'Nobody could take this task. Ask for fewer skills or a lower risk_tier.',
  payout_below_floor: 'Call again with payout_sats of at least details.payout_sats_min.',
};

function adviceOn(error: HumanRailError): string {
  const known = error.code === undefined ? undefined : ADVICE_BY_CODE[error.code];
  if (known) return known;
  if (error instanceof AuthenticationError) {
    return 'Tell your user: the API key is wrong, revoked or expired, and must be replaced in the configuration of this MCP server.';
  }
  if (error instanceof AuthorizationError) {
    return 'Tell your user: the API key may not do this.';
  }
  if (error instanceof InsufficientFundsError) {
    const { availableSats, requiredSats } = error;
    return `The task needs ${requiredSats} sats and ${availableSats} are available. Offer a lower payout_sats, or have your user add funds.`;
  }
  if (error instanceof NotFoundError) {
    return 'Check the id. Tasks of another organization, and of the other mode (live or test), cannot be seen with this key; list_tasks shows those that can.';
  }
  if (error instanceof RateLimitError) {
    return `Wait ${error.retryAfterSeconds ?? 60} seconds, then make the same call again.`;
  }
  if (error instanceof ConflictError) return 'Read the task by get_task before you go on.';
  if (error instanceof ConnectionError) {
    return 'Make the same call again: if the first did arrive, its task is found and not paid twice. If it stays, have your user check HUMANRAIL_BASE_URL.';
  }
  if (error instanceof ValidationError) return 'Mend what is named here and call again.';
  return 'Make the same call again in a moment; it is safe to repeat.';
}
