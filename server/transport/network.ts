import ipaddr from 'ipaddr.js';

/**
 * The client's address in canonical form. The front server (`scripts/serving`) derives it from the
 * connection and `TRUSTED_PROXIES` and overwrites `X-Forwarded-For` with it, so it cannot be
 * spoofed.
 * @returns an empty string if the request did not come through a socket.
 */
export function clientAddress(headers: Headers): string {
  return headers.get('x-forwarded-for') ?? '';
}

/**
 * The client for rate limits: an IPv4 address, or the /64 of an IPv6 one, which belongs to one
 * subscriber.
 */
export function clientNetwork(headers: Headers): string {
  const address = clientAddress(headers);
  if (!ipaddr.IPv6.isValid(address)) return address;
  const network = ipaddr.IPv6.parse(address).toByteArray().fill(0, 8);
  return `${ipaddr.fromByteArray(network).toString()}/64`;
}
