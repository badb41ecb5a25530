const holder = globalThis as typeof globalThis & { humanrailProcessWide?: Map<string, unknown> };

/**
 * The one instance of something in this process. A bundler may give each route its own copy of a
 * module, and the development server evaluates modules again on every change; what must exist once
 * is therefore kept on `globalThis`, under a name.
 */
export function processWide<T>(name: string, create: () => T): T {
  holder.humanrailProcessWide ??= new Map();
  const known = holder.humanrailProcessWide.get(name);
  if (known !== undefined) return known as T;
  const created = create();
  holder.humanrailProcessWide.set(name, created);
  return created;
}

/** Whether this process has the instance of that name already. */
export function isProcessWide(name: string): boolean {
  return holder.humanrailProcessWide?.has(name) ?? false;
}
