import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Which hosts this instance serves. A page of another site can point its own name at this machine
 * (DNS rebinding) and would then be same-origin with our pages; its `Host` header reveals it.
 */

/**
 * Parses the name in a `Host` header or an entry of `ALLOWED_HOSTS`: without port, in lower case.
 * @param {string | undefined} text
 * @returns {string | null} null if it is not a host
 */
export function hostName(text) {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/?#@[\]\\%]+)(:\d{1,5})?$/i.exec((text ?? '').trim());
  const name = match?.[1]?.toLowerCase().replace(/\.$/, '');
  return name ? canonical(name) : null;
}

/** @param {string} name */
function canonical(name) {
  if (!name.startsWith('[')) return name;
  const address = name.slice(1, -1);
  return ipaddr.IPv6.isValid(address) ? ipaddr.process(address).toString() : null;
}

/** @param {string} name as returned by `hostName` */
export function isLoopbackName(name) {
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(name) || ipaddr.IPv6.isValid(name);
  return isAddress && ipaddr.process(name).range() === 'loopback';
}

/** Wildcard addresses are not names of their own. */
const WILDCARDS = ['0.0.0.0', '::'];

/**
 * The hosts served in addition to loopback names: those of `PUBLIC_URL` and `ALLOWED_HOSTS`, and
 * the names in `HOSTS`.
 * @param {{ PUBLIC_URL?: string, ALLOWED_HOSTS?: string, HOSTS?: string }} env
 * @returns {Set<string>}
 * @throws {Error} that names the entry at fault
 */
export function readServedHosts({ PUBLIC_URL, ALLOWED_HOSTS, HOSTS }) {
  const served = new Set();
  if (PUBLIC_URL) served.add(hostName(new URL(PUBLIC_URL).host));
  for (const entry of listOf(HOSTS)) {
    const name = hostName(isIPv6(entry) ? `[${entry}]` : entry);
    if (name && !WILDCARDS.includes(name)) served.add(name);
  }
  for (const entry of listOf(ALLOWED_HOSTS)) {
    const name = hostName(entry);
    if (!name || name.includes('*')) {
      throw new Error(
        `ALLOWED_HOSTS: "${entry}" is no host; list names such as rail.example.com, separated by commas.`,
      );
    }
    served.add(name);
  }
  return served;
}

/** @param {string | undefined} text */
function listOf(text) {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/**
 * @param {string | undefined} host a `Host` header
 * @param {Set<string>} served
 */
export function isServed(host, served) {
  const name = hostName(host);
  return name !== null && (isLoopbackName(name) || served.has(name));
}
