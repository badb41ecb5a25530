import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Inngest, type InngestFunction } from 'inngest';
import { serve } from 'inngest/edge';
import type { EngineKeys } from '@/server/platform/engine-signature';

export interface SuiteOptions {
  /** The engine or the real server under test, such as `http://127.0.0.1:8288`. */
  engineUrl: string;
  /** Whether running functions checkpoint their steps; the SDK's default. */
  checkpointing: boolean;
  /** The server's keys; without keys the suite uses the SDK's development mode. */
  keys?: EngineKeys;
}

/** Something a function did, and when (milliseconds). */
export interface Mark {
  t: number;
  [field: string]: unknown;
}

/** The part of an `onFailure` handler's arguments that the suite checks. */
export interface Failed {
  event: { name: string; id?: string; data: Record<string, unknown> };
  error: Error;
  maxAttempts?: number;
}

export type Scenario = () => Promise<unknown>;

const silent = { info() {}, warn() {}, error() {}, debug() {} };

/**
 * One run of the behaviour suite: an app with all its functions, served over HTTP, and a record of
 * what they did. Every name carries this run's mark, so that a server can be reused.
 */
export class Suite {
  readonly mark36 = Date.now().toString(36);
  readonly inngest: Inngest;
  readonly functions: InngestFunction.Any[] = [];
  readonly scenarios = new Map<string, Scenario>();
  /** Sockets of calls to the function that loses its connection. */
  readonly breakable = new Set<Socket>();
  readonly #seen = new Map<string, Mark[]>();
  #server: Server | undefined;
  #port = 0;

  constructor(readonly options: SuiteOptions) {
    this.inngest = new Inngest({
      id: this.id('scn'),
      logger: silent,
      internalLogger: silent,
      checkpointing: options.checkpointing,
      baseUrl: options.engineUrl,
      isDev: options.keys === undefined,
      eventKey: this.eventKey,
      signingKey: options.keys?.signingKey,
    });
  }

  /** The key for posting events. */
  get eventKey(): string {
    return this.options.keys?.eventKey ?? 'key';
  }

  get port(): number {
    return this.#port;
  }

  /** A name unique to this run. */
  id(name: string): string {
    return `${name}-${this.mark36}`;
  }

  /** An event name unique to this run. */
  event(name: string): string {
    return `s${this.mark36}/${name}`;
  }

  add(...functions: InngestFunction.Any[]): void {
    this.functions.push(...functions);
  }

  scenario(name: string, run: Scenario): void {
    this.scenarios.set(name, run);
  }

  note(key: string, fields: Record<string, unknown> = {}): void {
    this.#seen.set(key, [...this.seen(key), { t: Date.now(), ...fields }]);
  }

  seen(key: string): Mark[] {
    return this.#seen.get(key) ?? [];
  }

  count(key: string): number {
    return this.seen(key).length;
  }

  /** Values of one field, in order, separated by commas. */
  list(key: string, field: string): string {
    return this.seen(key)
      .map((mark) => mark[field])
      .join();
  }

  /** The first mark of a key, without its time. */
  first(key: string): Record<string, unknown> | undefined {
    const [mark] = this.seen(key);
    if (!mark) return undefined;
    const { t: _, ...fields } = mark;
    return fields;
  }

  async send(name: string, data: Record<string, unknown>, extra: Record<string, unknown> = {}) {
    return await this.inngest.send({ name: this.event(name), data, ...extra });
  }

  async wait(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** Waits until the condition holds, at most `ms` milliseconds; does not throw. */
  async until(condition: () => unknown, ms = 15_000): Promise<void> {
    const end = Date.now() + ms;
    while (!condition() && Date.now() < end) await this.wait(20);
  }

  /** Serves the functions on a free port and registers them with the server. */
  async start(): Promise<void> {
    const handler = serve({ client: this.inngest, functions: this.functions });
    this.#server = createServer((request, response) => {
      this.#handle(handler, request)
        .then(async (answer) => {
          const text = await answer.text();
          if (response.destroyed) return;
          response.writeHead(answer.status, Object.fromEntries(answer.headers));
          response.end(text);
        })
        .catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    const answer = await fetch(`${this.appUrl}`, { method: 'PUT' });
    if (!answer.ok) throw new Error(`The app was not registered: ${await answer.text()}`);
    await this.wait(500);
  }

  get appUrl(): string {
    return `http://127.0.0.1:${this.#port}/api/inngest`;
  }

  async #handle(
    handler: (request: Request) => Promise<Response>,
    request: IncomingMessage,
  ): Promise<Response> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const isBreakable = request.url?.includes(`fnId=${this.id('scn')}-crash&`) ?? false;
    if (isBreakable) this.breakable.add(request.socket);
    try {
      return await handler(
        new Request(`http://127.0.0.1:${this.#port}${request.url}`, {
          method: request.method,
          headers: request.headers as Record<string, string>,
          body: request.method === 'GET' ? undefined : Buffer.concat(chunks).toString('utf8'),
        }),
      );
    } finally {
      this.breakable.delete(request.socket);
    }
  }

  /** Runs the selected scenarios concurrently; returns the observation of each. */
  async run(isWanted: (name: string) => boolean): Promise<Map<string, unknown>> {
    const chosen = [...this.scenarios].filter(([name]) => isWanted(name));
    const observed = new Map<string, unknown>();
    await Promise.all(
      chosen.map(async ([name, scenario], index) => {
        await this.wait(index * 150);
        try {
          observed.set(name, JSON.parse(JSON.stringify((await scenario()) ?? null)));
        } catch (error) {
          observed.set(name, { error: String(error) });
        }
      }),
    );
    return new Map(chosen.map(([name]) => [name, observed.get(name)]));
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise<void>((resolve) => {
      if (this.#server) this.#server.close(() => resolve());
      else resolve();
    });
  }
}
