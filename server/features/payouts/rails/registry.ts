import { internalRail } from './internal';
import type { Rail } from './rail';
import { sandboxRail } from './sandbox';

/** Every rail there is. */
export const rails: readonly Rail[] = [sandboxRail, internalRail];

/** The rail of that name, or null where none is configured. */
export function findRail(name: string): Rail | null {
  return rails.find((rail) => rail.name === name) ?? null;
}
