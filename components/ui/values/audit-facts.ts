import { humanise } from './humanise';

/** What an audit entry says besides its act, as people read it; what is empty is left out. */
export function auditFacts(data: Record<string, unknown>): string {
  return Object.entries(data)
    .filter(([, value]) => value !== '' && value !== null)
    .map(([name, value]) => `${humanise(name)}: ${textOf(value)}`)
    .join(' · ');
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(textOf).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return value.toLocaleString('en-US');
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([name, each]) => `${humanise(name)} ${textOf(each)}`);
    return `{${parts.join(', ')}}`;
  }
  return String(value);
}
