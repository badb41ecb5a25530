import { createHash } from 'node:crypto';

/** A text that comes as often is kept prepared; others, such as lists of a length that comes once, are not. */
const OFTEN = 4;
/** Each connection keeps all of them, with a plan of some ten to a hundred kilobytes. */
const NAMES_MAX = 250;
const TEXTS_MAX = 2_000;

/**
 * Names under which connections keep statements prepared, so that Postgres reads and plans what comes often once a
 * connection and not each time. Bundles of the server share one instance, as they share one pool.
 */
export class StatementNames {
  private readonly names = new Map<string, string>();
  private readonly seen = new Map<string, number>();
  /** Part of all names, so that statements can be prepared anew. */
  private generation = 0;

  /** The name of a statement; empty where it is not kept. */
  nameOf(text: string): string {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    if (this.names.size >= NAMES_MAX) return '';
    const times = (this.seen.get(text) ?? 0) + 1;
    if (times >= OFTEN) {
      this.seen.delete(text);
      return this.keep(text);
    }
    if (this.seen.size >= TEXTS_MAX) this.seen.clear();
    this.seen.set(text, times);
    return '';
  }

  private keep(text: string): string {
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
    const name = `hr_${this.generation}_${hash}`;
    this.names.set(text, name);
    return name;
  }

  /** Has all statements prepared anew: a migration has changed what some of them return. */
  renew(): void {
    this.generation += 1;
    this.names.clear();
  }
}
