import ipaddr from 'ipaddr.js';

/**
 * The address a request comes from, in canonical form. The server in front of Next
 * (`scripts/serving`) works it out from the connection and `TRUSTED_PROXIES`, and overwrites
 * `X-Forwarded-For` with that one address, so nothing a client claims reaches this.
 * @returns an empty string where the request came through no socket.
 */
export function clientAddress(headers: Headers): string {
  return headers.get('x-forwarded-for') ?? '';
}

/**
 * What limits count as one client: an IPv4 address, or the /64 of an IPv6 one, all of which
 * belongs to one subscriber.
 */
export function clientNetwork(headers: Headers): string {
  const address = clientAddress(headers);
  if (!ipaddr.IPv6.isValid(address)) return address;
  const network = ipaddr.IPv6.parse(address).toByteArray().fill(0, 8);
  return `${ipaddr.fromByteArray(network).toString()}/64`;
}
