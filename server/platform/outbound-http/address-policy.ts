import ipaddr from 'ipaddr.js';
import type { Mode } from '../actor';
import { env } from '../env';

/** Which non-public addresses a request may go to. */
export interface AddressPolicy {
  /** 127.0.0.0/8, ::1 and the name localhost. */
  loopback: boolean;
  /** RFC 1918, unique local IPv6 and carrier-grade NAT. */
  private: boolean;
}

/**
 * What customers' URLs may reach. With `WEBHOOKS_ALLOW_PRIVATE=1` loopback is allowed in both
 * modes, as the embedded default needs, and private networks in test mode; link-local addresses,
 * where clouds serve metadata, are never allowed.
 */
export function addressPolicy(
  mode: Mode,
  allowPrivate: boolean = env.WEBHOOKS_ALLOW_PRIVATE,
): AddressPolicy {
  return { loopback: allowPrivate, private: allowPrivate && mode === 'test' };
}

const PRIVATE_RANGES = new Set(['private', 'uniqueLocal', 'carrierGradeNat']);

/**
 * Why an IP address is blocked, as the name of its range, or null if it is allowed. IPv6 forms that
 * embed an IPv4 address (mapped, 6to4, Teredo, NAT64) are always blocked.
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

/** `::a.b.c.d`, except `::` and `::1`, which have their own ranges. */
function isIpv4Compatible(bytes: number[]): boolean {
  return bytes.slice(0, 12).every((byte) => byte === 0) && bytes.slice(12, 15).some((b) => b !== 0);
}
