import { AuthenticationError, HumanRail, HumanRailError, ValidationError } from '../src/index.js';
import { type L402, L402Error } from '../src/l402.js';
import type { ClientOptions } from '../src/settings.js';
import { type Answer, type ApiServer, json, reset } from './api-server.js';
import { conformanceCases } from './conformance-cases.js';

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

interface CreateCase {
  name: string;
  max_sats: number;
  max_retries?: number;
  token?: string;
  pay: string | null;
  answers: ('reset' | Reply)[];
  payments: number;
  authorizations: (string | null)[];
  least_wait_seconds?: number;
  error: {
    class: string;
    status: number | null;
    code: string | null;
    paid: boolean;
    challenge: boolean;
    says: string;
  } | null;
}

interface CallCase {
  name: string;
  call: string;
  id: string;
  params?: object;
  request: { method: string; path: string; query: Record<string, string>; body: unknown };
  response: { status: number; body: unknown };
  result: unknown;
}

/** The cases that every SDK runs. */
export const cases = conformanceCases<{
  preimage: string;
  macaroon: string;
  token: string;
  authorization: string;
  task_id: string;
  invoices: { invoice: string; millisats: number | null }[];
  creates: CreateCase[];
  calls: CallCase[];
  refused: { call: string; id?: string; says: string }[];
}>('l402');
export const params = {
  type: 'content_review',
  payload: { content: 'Great product, 5 stars!' },
  payoutSats: 100,
};
export const classes = { AuthenticationError, HumanRailError, L402Error, ValidationError };

export const answerOf = (one: 'reset' | Reply): Answer =>
  one === 'reset' ? reset : json(one.status, one.body, one.headers);
export const challenge = answerOf(cases.creates[0]?.answers[0] as Reply);
export const created = answerOf(cases.creates[0]?.answers[1] as Reply);

/** A client of the server that pays. */
export function paying(server: ApiServer, l402: L402, options: ClientOptions = {}): HumanRail {
  return new HumanRail({ baseUrl: `${server.origin}/v1`, l402, ...options });
}

export async function failureOf(call: Promise<unknown>): Promise<HumanRailError> {
  const failure = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof HumanRailError)) throw failure;
  return failure;
}
