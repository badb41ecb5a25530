import { nip04, nip44, nip47 } from 'nostr-tools';
import { finalizeEvent, getPublicKey, type VerifiedEvent, verifyEvent } from 'nostr-tools/pure';
import { AbstractRelay } from 'nostr-tools/relay';
import { WebSocket as Socket } from 'ws';
import { z } from 'zod';
import { RailForbidden, RailUnreachable } from './rail-http';

/** Event kinds of Nostr Wallet Connect (NIP-47). */
const INFO = 13_194;
const REQUEST = 23_194;
const RESPONSE = 23_195;

const CONNECT_MS_MAX = 10_000;
const ANSWER_MS_MAX = 15_000;
/** Validity of a request, in case the wallet receives it late. */
const GOOD_FOR_SECONDS = 60;

const Response = z.object({
  result: z.unknown().optional(),
  error: z.object({ code: z.string(), message: z.string().catch('') }).nullish(),
});

export type NwcAnswer =
  | { result: unknown }
  /** `code` is a NIP-47 code, such as `NOT_FOUND`. */
  | { error: { code: string; message: string } };

export interface NwcConnection {
  /**
   * Calls the wallet. Its errors are returned.
   * @throws RailUnreachable without a response, RailForbidden if the wallet does not know the
   * client.
   */
  call(method: string, params: object, timeoutMs?: number): Promise<NwcAnswer>;
}

/**
 * A connection to a wallet by its URI. Connects to a relay for each call, so that no stale
 * connection is used for a payment.
 * @throws Error for an invalid Nostr Wallet Connect URI.
 */
export function connectWallet(uri: string): NwcConnection {
  const { pubkey: wallet, relays, secret } = nip47.parseConnectionString(uri);
  const secretKey = Uint8Array.from(Buffer.from(secret, 'hex'));
  const me = getPublicKey(secretKey);
  let usesNip44: boolean | null = null;

  /** Whether the wallet supports NIP-44; null if the relay does not have its info event. */
  async function readsNip44(relay: AbstractRelay): Promise<boolean | null> {
    const info = await first(relay, { kinds: [INFO], authors: [wallet] }, { untilEose: true });
    if (!info) return null;
    const encryption = info.tags.find(([name]) => name === 'encryption')?.[1] ?? '';
    return encryption.split(/\s+/).includes('nip44_v2');
  }

  async function seal(text: string, isNip44: boolean): Promise<string> {
    if (!isNip44) return nip04.encrypt(secretKey, wallet, text);
    return nip44.encrypt(text, nip44.getConversationKey(secretKey, wallet));
  }

  async function open(sealed: string): Promise<string> {
    // NIP-04 appends the nonce.
    if (sealed.includes('?iv=')) return nip04.decrypt(secretKey, wallet, sealed);
    return nip44.decrypt(sealed, nip44.getConversationKey(secretKey, wallet));
  }

  async function request(method: string, params: object, isNip44: boolean): Promise<VerifiedEvent> {
    const now = Math.floor(Date.now() / 1_000);
    const tags = [
      ['p', wallet],
      // A wallet must not act on it after this.
      ['expiration', String(now + GOOD_FOR_SECONDS)],
      ...(isNip44 ? [['encryption', 'nip44_v2']] : []),
    ];
    const content = await seal(JSON.stringify({ method, params }), isNip44);
    return finalizeEvent({ kind: REQUEST, created_at: now, tags, content }, secretKey);
  }

  return {
    async call(method, params, timeoutMs = ANSWER_MS_MAX) {
      const relay = await connect(relays);
      try {
        usesNip44 ??= await readsNip44(relay);
        // Wallets without an info event use NIP-04.
        const event = await request(method, params, usesNip44 ?? false);
        const filter = { kinds: [RESPONSE], authors: [wallet], '#e': [event.id], '#p': [me] };
        const answered = first(relay, filter, { timeoutMs });
        await relay.publish(event);
        const answer = await answered;
        if (!answer) throw new RailUnreachable('The wallet', 'it did not respond in time.');
        return answerOf(await open(answer.content));
      } catch (error) {
        if (error instanceof RailUnreachable || error instanceof RailForbidden) throw error;
        throw new RailUnreachable('The wallet', messageOf(error));
      } finally {
        relay.close();
      }
    },
  };
}

/** The first reachable relay of the wallet. */
async function connect(urls: readonly string[]): Promise<AbstractRelay> {
  let fault = 'it has no relay.';
  for (const url of urls) {
    const websocketImplementation = Socket as unknown as typeof WebSocket;
    const relay = new AbstractRelay(url, { verifyEvent, websocketImplementation });
    try {
      await relay.connect({ timeout: CONNECT_MS_MAX });
      return relay;
    } catch (error) {
      fault = `its relay ${url} cannot be reached (${messageOf(error)}).`;
    }
  }
  throw new RailUnreachable('The wallet', fault);
}

/**
 * The first event matching a filter; null at the end of stored events, if requested, or on timeout.
 */
function first(
  relay: AbstractRelay,
  filter: Parameters<AbstractRelay['subscribe']>[0][number],
  { untilEose = false, timeoutMs = ANSWER_MS_MAX }: { untilEose?: boolean; timeoutMs?: number },
): Promise<VerifiedEvent | null> {
  return new Promise((resolve) => {
    let isOver = false;
    const end = (event: VerifiedEvent | null) => {
      // Closing it triggers the close event.
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      subscription.close();
      resolve(event);
    };
    const timer = setTimeout(() => end(null), timeoutMs);
    const subscription = relay.subscribe([filter], {
      onevent: (event) => end(event as VerifiedEvent),
      ...(untilEose ? { oneose: () => end(null) } : {}),
      onclose: () => end(null),
    });
  });
}

function answerOf(text: string): NwcAnswer {
  const { error, result } = Response.parse(JSON.parse(text));
  if (!error) return { result };
  if (error.code === 'UNAUTHORIZED') {
    throw new RailForbidden(
      'The wallet',
      401,
      'Create a new connection in the wallet, and enter its URI.',
    );
  }
  return { error };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
