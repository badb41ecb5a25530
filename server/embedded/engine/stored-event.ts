/** An event as stored; its body is parsed only if an expression needs it. */
export class StoredEvent {
  #parsed: Record<string, unknown> | undefined;

  constructor(
    /** The ULID returned to the sender. */
    readonly id: string,
    readonly name: string,
    /** The sender's own id, which deduplicates per function for a day. */
    readonly customId: string | null,
    readonly ts: number,
    /** The JSON text that functions see as `event`. */
    readonly body: string,
  ) {}

  get value(): Record<string, unknown> {
    this.#parsed ??= JSON.parse(this.body) as Record<string, unknown>;
    return this.#parsed;
  }
}

/** An event without a row: created for an invocation, a cron or from stored text. */
export function eventFromBody(body: string): StoredEvent {
  const value = JSON.parse(body) as { id?: string; name: string; ts?: number };
  return new StoredEvent(value.id ?? '', value.name, null, value.ts ?? 0, body);
}
