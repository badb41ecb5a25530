import { describe, expect, it } from 'vitest';
import { clientAddress, readTrustedProxies } from './client-address.mjs';

describe('the address of a client', () => {
  it.each([
    [
      'the connection’s own by default, whatever the client claims',
      '',
      '203.0.113.9',
      '1.1.1.1',
      '203.0.113.9',
    ],
    [
      'not believed from a peer that is no proxy',
      '10.0.0.0/8',
      '203.0.113.9',
      '1.1.1.1',
      '203.0.113.9',
    ],
    [
      'the one the proxy saw, not the claim to its left',
      '10.0.0.0/8',
      '10.0.0.1',
      '1.1.1.1, 203.0.113.9',
      '203.0.113.9',
    ],
    [
      'found through a chain of proxies',
      '10.0.0.0/8, 192.0.2.7',
      '10.0.0.1',
      '1.1.1.1, 203.0.113.9, 192.0.2.7, 10.9.9.9',
      '203.0.113.9',
    ],
    [
      'the left-most where all are trusted',
      'loopback',
      '127.0.0.1',
      '127.0.0.5, 127.0.0.6',
      '127.0.0.5',
    ],
    [
      'the proxy’s where it wrote no address',
      'loopback',
      '127.0.0.1',
      '1.1.1.1, unknown',
      '127.0.0.1',
    ],
    ['the proxy’s where it wrote nothing', 'loopback', '::1', undefined, '::1'],
    ['read from an entry with a port', 'loopback', '127.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
    [
      'read from IPv6 in brackets with a port',
      'loopback',
      '127.0.0.1',
      '[2001:DB8:0::1]:80',
      '2001:db8::1',
    ],
    ['IPv4 for an IPv4-mapped peer', '', '::ffff:203.0.113.9', '1.1.1.1', '203.0.113.9'],
    [
      'IPv4 for an IPv4-mapped entry',
      '::ffff:10.0.0.0/104',
      '::ffff:10.0.0.1',
      '::ffff:cb00:7109',
      '203.0.113.9',
    ],
    ['not taken from a number', 'loopback', '127.0.0.1', '1', '127.0.0.1'],
  ])('is %s', (_what, proxies, socketAddress, forwardedFor, client) => {
    expect(clientAddress(forwardedFor, socketAddress, readTrustedProxies(proxies))).toBe(client);
  });
});

it.each(['10.0.0.0/40', 'proxy.internal', 'loopback, 300.1.1.1', '*'])(
  'TRUSTED_PROXIES=%s is refused in words',
  (text) => {
    expect(() => readTrustedProxies(text)).toThrow(/TRUSTED_PROXIES: ".*" is neither an address/);
  },
);
