import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReplyCase } from './replies';

/**
 * An engine's reaction to a response: it continues the run, retries the call, ends the run, or does
 * none of these in time.
 */
export type ReplyVerdict = 'goes on' | 'tries again' | 'completes' | 'fails' | 'waits';

interface CallBody {
  ctx?: { attempt?: number };
  event?: { data?: { function_id?: string; _inngest?: { status?: string } } };
}

/**
 * An app without an SDK, with one function per case that answers the first call as the case says.
 */
export interface ReplyApp {
  url: string;
  /** Functions in registration format. */
  functions: object[];
  /** Cases whose verdict is known so far. */
  verdicts: Map<string, ReplyVerdict>;
  close(): void;
}

const OBSERVER = 'ends';

export async function startReplyApp(
  appName: string,
  cases: readonly ReplyCase[],
): Promise<ReplyApp> {
  const verdicts = new Map<string, ReplyVerdict>();
  const called = new Set<string>();
  const decide = (name: string | undefined, verdict: ReplyVerdict): void => {
    if (name !== undefined && !verdicts.has(name)) verdicts.set(name, verdict);
  };
  const nameOf = (id: string): string | undefined => cases[Number(id.split('-').at(-1))]?.name;
  const end = (response: ServerResponse): void => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'x-inngest-sdk': 'inngest-js:v4.24.0',
    });
    response.end('null');
  };

  const noteEnd = ({ event }: CallBody): void => {
    const { function_id: ended = '', _inngest } = event?.data ?? {};
    const verdict = _inngest?.status === 'Completed' ? 'completes' : 'fails';
    if (ended.startsWith(`${appName}-`)) decide(nameOf(ended), verdict);
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readCall(request);
    const id = new URL(request.url ?? '/', 'http://app').searchParams.get('fnId') ?? '';
    if (id.endsWith(`-${OBSERVER}`)) {
      noteEnd(body);
      return end(response);
    }
    const name = nameOf(id);
    const found = cases.find((each) => each.name === name);
    if (!found || called.has(found.name)) {
      decide(name, body.ctx?.attempt ? 'tries again' : 'goes on');
      return end(response);
    }
    called.add(found.name);
    response.writeHead(found.reply.status, found.reply.headers);
    response.end(found.reply.body);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/app`;
  const fn = (name: string, triggers: object[]) => ({
    id: `${appName}-${name}`,
    name,
    triggers,
    steps: {
      step: {
        id: 'step',
        name: 'step',
        runtime: { type: 'http', url: `${url}?fnId=${appName}-${name}&stepId=step` },
        retries: { attempts: 1 },
      },
    },
  });
  return {
    url,
    functions: [
      ...cases.map((_, at) => fn(String(at), [{ event: `${appName}/${at}` }])),
      fn(OBSERVER, [{ event: 'inngest/function.finished' }]),
    ],
    verdicts,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function readCall(request: IncomingMessage): Promise<CallBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as CallBody;
}
