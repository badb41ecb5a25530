import type { Database } from './database';
import { loadRegistry, type RegisteredFunction, type Registry, registryVersion } from './registry';

/** The registry in memory, re-read when a registration may have changed it. */
export class RegistryCache {
  #registry: Registry | undefined;

  constructor(private readonly db: Database) {}

  async current(): Promise<Registry> {
    this.#registry ??= await loadRegistry(this.db);
    return this.#registry;
  }

  /** Re-reads the registry if its version changed; `seen` is the version, if known. */
  async refresh(seen?: number): Promise<void> {
    const version = seen ?? (await registryVersion(this.db));
    if (this.#registry?.version !== version) this.#registry = await loadRegistry(this.db);
  }

  /** A function by id, as registered in this version or later. */
  async find(id: string, version: number): Promise<RegisteredFunction | undefined> {
    const registry = await this.current();
    const known = registry.functions.get(id);
    if (known && registry.version >= version) return known;
    await this.refresh();
    return (await this.current()).functions.get(id);
  }
}
