import { createHash } from 'node:crypto';

/** Texts seen this often are prepared; others, such as lists of a unique length, are not. */
const OFTEN = 4;
/** Limits memory: each connection holds all of them, with plans of ten to a hundred kilobytes. */
const NAMES_MAX = 250;
const TEXTS_MAX = 2_000;

/**
 * Names of prepared statements, so that Postgres parses and plans frequent statements once per
 * connection. Shared by all bundles of the server, like the pool.
 */
export class StatementNames {
  private readonly names = new Map<string, string>();
  private readonly seen = new Map<string, number>();
  /** Part of every name, so that statements can be prepared again. */
  private generation = 0;

  /** A statement's name; empty if it is not prepared. */
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

  /** Forces all statements to be prepared again after a migration changed their result types. */
  renew(): void {
    this.generation += 1;
    this.names.clear();
  }
}
