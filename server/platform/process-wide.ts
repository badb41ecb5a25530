const holder = globalThis as typeof globalThis & { humanrailProcessWide?: Map<string, unknown> };

/**
 * A process-wide singleton. A bundler may give each route its own copy of a module, and the
 * development server re-evaluates modules on every change, so it is kept on `globalThis` by name.
 */
export function processWide<T>(name: string, create: () => T): T {
  holder.humanrailProcessWide ??= new Map();
  const known = holder.humanrailProcessWide.get(name);
  if (known !== undefined) return known as T;
  const created = create();
  holder.humanrailProcessWide.set(name, created);
  return created;
}

/** Whether this process already has that singleton. */
export function isProcessWide(name: string): boolean {
  return holder.humanrailProcessWide?.has(name) ?? false;
}
