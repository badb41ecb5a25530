import type { IPv4, IPv6 } from 'ipaddr.js';

type Range = [IPv4 | IPv6, number];

export function readTrustedProxies(text: string | undefined): Range[];
export function clientAddress(
  forwardedFor: string | undefined,
  socketAddress: string | undefined,
  trusted: Range[],
): string;
export function isFromProxy(socketAddress: string | undefined, trusted: Range[]): boolean;
