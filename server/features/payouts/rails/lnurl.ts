import { z } from 'zod';
import type { Mode } from '@/server/platform/actor';
import { InvalidRequest } from '@/server/platform/errors';
import {
  assertPublicUrl,
  OutboundFailure,
  type OutboundResponse,
  outboundRequest,
} from '@/server/platform/outbound-http';
import { UnusableDestination } from '../errors';
import { LightningAddress } from '../schema';

/** A wallet responds quickly, or paying it would fail too. */
const ANSWER_MS_MAX = 10_000;
const ANSWER_BYTES_MAX = 64 * 1024;
const MSATS_PER_SAT = 1_000;

/** Limits that an address must accept, in sats: answers may be paid individually. */
export const DESTINATION_LIMITS = {
  /** Its minimum may be at most what the smallest answer of the built-in types earns. */
  minSatsMax: 100,
  /** Its maximum must reach the best paid answer of the built-in types. */
  maxSatsMin: 2_000,
};

/** The parts of an LNURL-pay (LUD-06) response that are used. */
const PayRequest = z.object({
  tag: z.literal('payRequest'),
  callback: z.string(),
  minSendable: z.number().positive(),
  maxSendable: z.number().positive(),
});

/** The callback's response (LUD-06). */
const InvoiceAnswer = z.object({ pr: z.string() });

/** How a Lightning address can be paid. */
export interface LightningDestination {
  address: string;
  /** The callback that issues invoices. */
  callback: string;
  minSats: number;
  maxSats: number;
}

/**
 * Resolves a Lightning address (LUD-16), restricted to public addresses.
 * @throws UnusableDestination 422 that explains what is wrong and what to do.
 */
export async function resolveLightningAddress(
  given: string,
  mode: Mode,
): Promise<LightningDestination> {
  const address = LightningAddress.parse(given);
  const [name = '', host = ''] = address.split('@');
  const url = wellKnownUrl(name, host, mode);
  const answer = await ask(url, host, mode);
  const request = readAnswer(answer, name, host);
  assertCallback(request.callback, host, mode);
  const minSats = Math.ceil(request.minSendable / MSATS_PER_SAT);
  const maxSats = Math.floor(request.maxSendable / MSATS_PER_SAT);
  assertLimits(minSats, maxSats);
  return { address, callback: request.callback, minSats, maxSats };
}

/**
 * Requests an invoice from a Lightning address. The response is untrusted: the caller validates the
 * invoice.
 * @returns the alleged invoice.
 * @throws UnusableDestination 422 that explains what is wrong.
 */
export async function askForInvoice(address: string, amountSats: bigint, mode: Mode) {
  const found = await resolveLightningAddress(address, mode);
  const host = found.address.split('@')[1] ?? '';
  if (amountSats < BigInt(found.minSats) || amountSats > BigInt(found.maxSats)) {
    throw new UnusableDestination(
      'destination_out_of_bounds',
      `${found.address} takes ${found.minSats} to ${found.maxSats} sats a payment, and ${amountSats} are due. Use another address.`,
    );
  }
  const url = new URL(found.callback);
  url.searchParams.set('amount', String(amountSats * BigInt(MSATS_PER_SAT)));
  const body = parsed((await ask(url.href, host, mode)).bodyText);
  const answer = InvoiceAnswer.safeParse(body);
  if (answer.success) return answer.data.pr;
  const said = z.object({ reason: z.string() }).safeParse(body).data?.reason.slice(0, 200);
  throw new UnusableDestination(
    'destination_unreachable',
    `${host} gives no invoice for ${found.address} now.${said ? ` It says: “${said}”` : ''} Try again later, or use another address.`,
  );
}

/** https, except for this machine, where tests and local wallets listen without TLS. */
function wellKnownUrl(name: string, host: string, mode: Mode): string {
  const bare = host.replace(/:\d+$/, '');
  const scheme = bare === 'localhost' || bare === '127.0.0.1' ? 'http' : 'https';
  const url = `${scheme}://${host}/.well-known/lnurlp/${encodeURIComponent(name)}`;
  return assertAllowed(url, host, mode);
}

function assertAllowed(url: string, host: string, mode: Mode): string {
  try {
    return assertPublicUrl(url, { mode, param: 'address' }).href;
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    throw new UnusableDestination(
      'destination_not_public',
      `${host} is not a public address, so payments cannot reach it. Use the address shown in your wallet.`,
    );
  }
}

async function ask(url: string, host: string, mode: Mode): Promise<OutboundResponse> {
  try {
    return await outboundRequest({
      url,
      method: 'GET',
      mode,
      headers: { accept: 'application/json' },
      timeoutMs: ANSWER_MS_MAX,
      bodyBytesMax: ANSWER_BYTES_MAX,
    });
  } catch (error) {
    if (!(error instanceof OutboundFailure)) throw error;
    if (error.reason === 'blocked') {
      throw new UnusableDestination(
        'destination_not_public',
        `${host} resolves to an address that is not public, so payments cannot reach it.`,
      );
    }
    throw new UnusableDestination(
      'destination_unreachable',
      error.reason === 'dns'
        ? `There is no host named ${host}. Check the part after the @.`
        : `${host} cannot be reached now (${error.message.replace(/\.$/, '')}). Check the part after the @, or try again later.`,
    );
  }
}

function readAnswer(answer: OutboundResponse, name: string, host: string) {
  const body = parsed(answer.bodyText);
  const refusal = z.object({ status: z.literal('ERROR'), reason: z.string().catch('') });
  const refused = refusal.safeParse(body);
  if (refused.success || answer.status === 404) {
    const said = refused.data?.reason ? ` It says: “${refused.data.reason.slice(0, 200)}”` : '';
    throw new UnusableDestination(
      'no_such_destination',
      `${host} has no user named ${name}. Check the part before the @.${said}`,
    );
  }
  if (answer.status >= 500) {
    throw new UnusableDestination(
      'destination_unreachable',
      `${host} is not working now (status ${answer.status}). Try again later.`,
    );
  }
  const request = PayRequest.safeParse(body);
  if (!request.success || request.data.minSendable > request.data.maxSendable) {
    throw new UnusableDestination(
      'not_a_lightning_address',
      `${host} does not take Lightning payments for ${name}. Is this an e-mail address? Use the Lightning address shown in your wallet.`,
    );
  }
  return request.data;
}

function assertCallback(callback: string, host: string, mode: Mode): void {
  if (URL.canParse(callback)) {
    assertAllowed(callback, new URL(callback).hostname, mode);
    return;
  }
  throw new UnusableDestination(
    'not_a_lightning_address',
    `${host} does not provide a callback for invoices. Use another wallet’s address.`,
  );
}

function assertLimits(minSats: number, maxSats: number): void {
  const { minSatsMax, maxSatsMin } = DESTINATION_LIMITS;
  if (minSats > minSatsMax) {
    throw new UnusableDestination(
      'destination_minimum_too_high',
      `This address does not accept payments below ${minSats} sats, but answers are paid one by one, from ${minSatsMax} sats. Use another address.`,
      { min_sats: minSats, wanted: minSatsMax },
    );
  }
  if (maxSats < maxSatsMin) {
    throw new UnusableDestination(
      'destination_maximum_too_low',
      `This address does not accept payments above ${maxSats} sats, but an answer can earn ${maxSatsMin}. Raise the limit in your wallet, or use another address.`,
      { max_sats: maxSats, wanted: maxSatsMin },
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
