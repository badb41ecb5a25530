import { randomBytes } from 'node:crypto';
import { derivedKey, sha256Hex } from '@/server/platform/crypto';
import { mintMacaroon, verifyMacaroon } from '@/server/platform/macaroon';
import { InvalidL402Token } from './errors';
import { UUID_BYTES, uuidBytes, uuidOf } from './uuid-bytes';

/**
 * The identifier of L402's macaroons: two bytes of version, 32 of the payment hash, 32 of the
 * token's ID, whose first half is the purchase ID and the rest random.
 * https://github.com/lightninglabs/L402/blob/master/protocol-specification.md
 */
const VERSION_BYTES = 2;
const HASH_BYTES = 32;
const ID_BYTES = 32;

const REQUEST = 'request_sha256=';

const rootKey = () => derivedKey('l402');

export interface Token {
  purchaseId: string;
  /** 64 hexadecimal digits. */
  paymentHash: string;
  /** The hash of the one request it can make a task of. */
  requestHash: string;
}

/** Mints the macaroon, which becomes valid with the preimage of its invoice. */
export function mintToken({ purchaseId, paymentHash, requestHash }: Token): string {
  const identifier = Buffer.concat([
    Buffer.alloc(VERSION_BYTES),
    Buffer.from(paymentHash, 'hex'),
    uuidBytes(purchaseId),
    randomBytes(ID_BYTES - UUID_BYTES),
  ]);
  return mintMacaroon(rootKey(), { identifier, caveats: [`${REQUEST}${requestHash}`] });
}

/**
 * Whether an `Authorization` header carries an L402 token, under its current or its former scheme
 * name.
 */
export const isL402 = (authorization: string): boolean => /^\s*(l402|lsat)\b/i.test(authorization);

/**
 * Verifies and decodes a paid token.
 * @param authorization `L402 <macaroon, base64>:<preimage, 64 hexadecimal digits>`.
 * @throws InvalidL402Token 401 that explains the problem.
 */
export function readToken(authorization: string): Token {
  const [, macaroon, preimage] =
    /^\s*(?:l402|lsat)\s+([\w+/=-]+):([0-9a-f]{64})\s*$/i.exec(authorization) ?? [];
  if (!macaroon || !preimage) {
    throw new InvalidL402Token(
      'The Authorization header must consist of "L402", a space, the macaroon, a colon, and the preimage as 64 hexadecimal digits.',
    );
  }
  const token = readMacaroon(macaroon);
  if (!token) {
    throw new InvalidL402Token('This macaroon was not issued by this instance, or is truncated.');
  }
  if (sha256Hex(Buffer.from(preimage, 'hex')) !== token.paymentHash) {
    throw new InvalidL402Token(
      'The preimage does not match the invoice. Send the one your wallet received when paying it.',
    );
  }
  return token;
}

function readMacaroon(text: string): Token | null {
  const read = verifyMacaroon(rootKey(), text);
  if (!read || read.identifier.length !== VERSION_BYTES + HASH_BYTES + ID_BYTES) return null;
  const hashes = read.caveats.map((caveat) =>
    caveat.startsWith(REQUEST) ? caveat.slice(REQUEST.length) : null,
  );
  const [requestHash] = hashes;
  // Unknown caveats cannot be checked, and contradictory ones cannot be met.
  if (!requestHash || hashes.some((hash) => hash !== requestHash)) return null;
  const idAt = VERSION_BYTES + HASH_BYTES;
  return {
    paymentHash: read.identifier.subarray(VERSION_BYTES, idAt).toString('hex'),
    purchaseId: uuidOf(read.identifier.subarray(idAt, idAt + UUID_BYTES)),
    requestHash,
  };
}
