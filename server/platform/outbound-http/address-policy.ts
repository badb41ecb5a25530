import ipaddr from 'ipaddr.js';
import type { Mode } from '../actor';
import { env } from '../env';

/** Which addresses beyond the public internet a request may go to. */
export interface AddressPolicy {
  /** 127.0.0.0/8, ::1 and the name localhost. */
  loopback: boolean;
  /** RFC 1918, unique local IPv6 and carrier-grade NAT. */
  private: boolean;
}

/**
 * What customers' URLs may reach. With `WEBHOOKS_ALLOW_PRIVATE=1` loopback is open to both modes, as
 * the embedded default needs, and private networks to test mode; link-local addresses, where clouds
 * serve their metadata, are open to nobody.
 */
export function addressPolicy(
  mode: Mode,
  allowPrivate: boolean = env.WEBHOOKS_ALLOW_PRIVATE,
): AddressPolicy {
  return { loopback: allowPrivate, private: allowPrivate && mode === 'test' };
}

const PRIVATE_RANGES = new Set(['private', 'uniqueLocal', 'carrierGradeNat']);

/**
 * What is wrong with connecting to an IP address, as the name of its range, or null where it may be
 * connected to. IPv6 forms that carry an IPv4 address (mapped, 6to4, Teredo, NAT64) are refused
 * whatever they carry.
 */
export function addressFault(address: string, policy: AddressPolicy): string | null {
  if (!ipaddr.isValid(address)) return 'unreadable';
  const parsed = ipaddr.parse(address);
  // Deprecated, but still routed to the IPv4 address in its last 32 bits by some systems.
  if (parsed.kind() === 'ipv6' && isIpv4Compatible(parsed.toByteArray())) return 'ipv4Compatible';
  const range = parsed.range();
  if (range === 'unicast') return null;
  if (range === 'loopback') return policy.loopback ? null : range;
  if (PRIVATE_RANGES.has(range)) return policy.private ? null : range;
  return range;
}

/** `::a.b.c.d`, apart from `::` and `::1`, which have ranges of their own. */
function isIpv4Compatible(bytes: number[]): boolean {
  return bytes.slice(0, 12).every((byte) => byte === 0) && bytes.slice(12, 15).some((b) => b !== 0);
}
