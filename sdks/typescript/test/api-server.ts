import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HumanRail } from '../src/index.js';
import type { ClientOptions } from '../src/settings.js';

/** A request as it came over the wire. */
export interface SeenRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage['headers'];
  body: unknown;
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void | Promise<void>;

/** An HTTP server that plays the API's part: it gives the answers in turn, the last one for good. */
export class ApiServer {
  readonly requests: SeenRequest[] = [];
  private readonly server = createServer((request, response) => {
    void this.handle(request, response);
  });
  private answers: Answer[] = [];

  async start(): Promise<this> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  answerWith(...answers: Answer[]): void {
    this.requests.length = 0;
    this.answers = answers;
  }

  client(options: ClientOptions = {}): HumanRail {
    return new HumanRail({ apiKey: 'ek_test_key', baseUrl: `${this.origin}/v1`, ...options });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const url = new URL(request.url ?? '/', this.origin);
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: text === '' ? null : JSON.parse(text),
    };
    const answer = this.answers[Math.min(this.requests.length, this.answers.length - 1)];
    this.requests.push(seen);
    await answer?.(response, seen);
  }
}

/** An answer of JSON, or of text where `body` is a string. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(status === 204 ? undefined : text);
  };
}

/** Breaks the connection off without an answer. */
export const reset: Answer = (response) => {
  response.destroy();
};
