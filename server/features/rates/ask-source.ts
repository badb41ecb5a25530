import { OutboundFailure, outboundRequest } from '@/server/platform/outbound-http';
import type { SaidRates, Source } from './sources';

const TIMEOUT_MS = 10_000;
const ANSWER_BYTES_MAX = 256 * 1024;

/** What a source said, or in words why it said nothing. */
export type Said = { rates: SaidRates; error: null } | { rates: null; error: string };

/** Asks a source once. Never throws for what the source does. */
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
      : failed('Its answer names no price of a bitcoin.');
  } catch (error) {
    if (error instanceof OutboundFailure) return failed(error.message);
    if (error instanceof SyntaxError) return failed('Its answer is no JSON.');
    throw error;
  }
}
