import type { Database } from './database';
import { loadRegistry, type RegisteredFunction, type Registry, registryVersion } from './registry';

/** The registry in memory, read again when a registration may have changed it. */
export class RegistryCache {
  #registry: Registry | undefined;

  constructor(private readonly db: Database) {}

  async current(): Promise<Registry> {
    this.#registry ??= await loadRegistry(this.db);
    return this.#registry;
  }

  /** Reads the registry again if its version moved; `seen` is the version, where it is known. */
  async refresh(seen?: number): Promise<void> {
    const version = seen ?? (await registryVersion(this.db));
    if (this.#registry?.version !== version) this.#registry = await loadRegistry(this.db);
  }

  /** A function by its id; one that is not known yet is looked for in the database. */
  async find(id: string): Promise<RegisteredFunction | undefined> {
    const known = (await this.current()).functions.get(id);
    if (known) return known;
    await this.refresh();
    return (await this.current()).functions.get(id);
  }
}
