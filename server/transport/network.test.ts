import { expect, it } from 'vitest';
import { clientAddress, clientNetwork } from './network';

const from = (address: string) => new Headers({ 'x-forwarded-for': address });

it('limits count an IPv4 address, and all of an IPv6 /64, as one client', () => {
  expect(clientNetwork(from('203.0.113.9'))).toBe('203.0.113.9');
  expect(clientNetwork(from('2001:db8:1:2:3:4:5:6'))).toBe('2001:db8:1:2::/64');
  expect(clientNetwork(from('2001:db8:1:2::9'))).toBe('2001:db8:1:2::/64');
});

it('a request that came through no socket has no address', () => {
  expect([clientAddress(new Headers()), clientNetwork(new Headers())]).toEqual(['', '']);
});
