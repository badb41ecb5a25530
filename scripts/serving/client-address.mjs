import ipaddr from 'ipaddr.js';

/** @typedef {[ipaddr.IPv4 | ipaddr.IPv6, number]} Range an address and its prefix length */

/**
 * Reads `TRUSTED_PROXIES`: addresses and CIDR ranges, separated by commas; `loopback` stands for
 * 127.0.0.0/8 and ::1.
 * @param {string | undefined} text
 * @returns {Range[]}
 * @throws {Error} that names the entry at fault
 */
export function readTrustedProxies(text) {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .flatMap(rangesOf);
}

/** @param {string} entry @returns {Range[]} */
function rangesOf(entry) {
  if (entry === 'loopback') return [...rangesOf('127.0.0.0/8'), ...rangesOf('::1')];
  try {
    if (entry.includes('/')) {
      const [address, prefix] = ipaddr.parseCIDR(entry);
      return [narrowed(address, prefix)];
    }
    const address = ipaddr.process(entry);
    return [[address, address.kind() === 'ipv4' ? 32 : 128]];
  } catch {
    throw new Error(
      `TRUSTED_PROXIES: "${entry}" is neither an address, nor a range such as 10.0.0.0/8, nor "loopback".`,
    );
  }
}

/**
 * Converts a range of IPv4-mapped addresses to IPv4.
 * @param {ipaddr.IPv4 | ipaddr.IPv6} address
 * @param {number} prefix
 * @returns {Range}
 */
function narrowed(address, prefix) {
  if (address.kind() === 'ipv6' && prefix >= 96) {
    const plain = ipaddr.process(address.toString());
    if (plain.kind() === 'ipv4') return [plain, prefix - 96];
  }
  return [address, prefix];
}

/**
 * The client's address: the connection's own or, if that is a trusted proxy, the right-most address
 * in `X-Forwarded-For` that is not one. Everything left of it is the client's own claim. If all are
 * trusted, the left-most; if an entry is not an address, the proxy that wrote it.
 * @param {string | undefined} forwardedFor the `X-Forwarded-For` header
 * @param {string | undefined} socketAddress the address the connection comes from
 * @param {Range[]} trusted
 * @returns {string} in canonical form, IPv4-mapped IPv6 as IPv4; empty once the connection is gone
 */
export function clientAddress(forwardedFor, socketAddress, trusted) {
  let client = peerIn(socketAddress);
  if (!client) return '';
  for (const entry of (forwardedFor ?? '').split(',').reverse()) {
    if (!isTrusted(client, trusted)) break;
    const next = addressIn(entry);
    if (!next) break;
    client = next;
  }
  return client.toString();
}

/**
 * True if the connection comes from a trusted proxy, whose other `X-Forwarded-*` headers count.
 * @param {string | undefined} socketAddress
 * @param {Range[]} trusted
 */
export function isFromProxy(socketAddress, trusted) {
  const address = peerIn(socketAddress);
  return address !== null && isTrusted(address, trusted);
}

/** @param {ipaddr.IPv4 | ipaddr.IPv6} address @param {Range[]} trusted */
function isTrusted(address, trusted) {
  return trusted.some(
    ([range, prefix]) => range.kind() === address.kind() && address.match(range, prefix),
  );
}

const PEERS_MAX = 1_000;
/** @type {Map<string | undefined, ipaddr.IPv4 | ipaddr.IPv6 | null>} */
const peers = new Map();

/**
 * Parses a connection's address; cached, so that each is parsed once rather than with every
 * request.
 * @param {string | undefined} socketAddress
 */
function peerIn(socketAddress) {
  const known = peers.get(socketAddress);
  if (known !== undefined) return known;
  const address = addressIn(socketAddress);
  if (peers.size >= PEERS_MAX) peers.clear();
  peers.set(socketAddress, address);
  return address;
}

/**
 * Parses an address as written by proxies: bare, in brackets, with a port or with a zone.
 * @param {string | undefined} text
 */
function addressIn(text) {
  const bare = (text ?? '')
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/%.*$/, '');
  // `isValid` would read "1" as 0.0.0.1, like inet_aton.
  if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !ipaddr.IPv6.isValid(bare)) return null;
  return ipaddr.process(bare);
}
