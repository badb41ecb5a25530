import { OutboundFailure, outboundRequest } from '@/server/platform/outbound-http';
import type { SaidRates, Source } from './sources';

const TIMEOUT_MS = 10_000;
const ANSWER_BYTES_MAX = 256 * 1024;

/** A source's response, or an error message. */
export type Said = { rates: SaidRates; error: null } | { rates: null; error: string };

/** Queries a source once. Never throws because of the source's response. */
export async function askSource({ url, read }: Source): Promise<Said> {
  const failed = (error: string): Said => ({ rates: null, error });
  try {
    const { status, bodyText } = await outboundRequest({
      url,
      mode: 'live',
      method: 'GET',
      headers: { accept: 'application/json', 'user-agent': 'HumanRail-Rates/1.0' },
      timeoutMs: TIMEOUT_MS,
      bodyBytesMax: ANSWER_BYTES_MAX,
    });
    if (status !== 200) return failed(`It answered ${status}.`);
    const rates = read(JSON.parse(bodyText));
    return Object.keys(rates).length > 0
      ? { rates, error: null }
      : failed('The response contains no bitcoin price.');
  } catch (error) {
    if (error instanceof OutboundFailure) return failed(error.message);
    if (error instanceof SyntaxError) return failed('The response is not valid JSON.');
    throw error;
  }
}
