import type { CreateTask } from '@/server/features/tasks/schema';

/** Fields whose inside is the customer's own: the SDK passes it as it is. */
const OWN = new Set(['payload', 'output_schema', 'metadata', 'output', 'answer']);

/** A request in the TypeScript SDK's names: `payoutSats` for `payout_sats`, and so on inside. */
export function typescriptParams(request: CreateTask): Record<string, unknown> {
  return inCamelCase(request) as Record<string, unknown>;
}

function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    given.map(([name, inner]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      OWN.has(name) ? inner : inCamelCase(inner),
    ]),
  );
}
