import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateTask } from '@/server/features/tasks/schema';
import { FIRST_TASK, LANGUAGES, type Language, snippetOf } from './snippet';

const options = { key: 'ek_test_example', publicUrl: 'https://rail.example.com' };

describe('the first task', () => {
  it('is a request that the API takes', () => {
    expect(CreateTask.safeParse(FIRST_TASK).success).toBe(true);
  });

  it.each(LANGUAGES.map(({ value }) => value))(
    'is whole in %s, with key and address',
    (language) => {
      const code = snippetOf(language, options);
      expect(code).toContain('ek_test_example');
      expect(code).toContain('https://rail.example.com/v1/tasks');
      for (const word of ['Great product, 5 stars!', 'ai_generated', 'skills_required', '300']) {
        expect(code).toContain(word);
      }
    },
  );

  it.each(LANGUAGES.map(({ value }) => value))(
    'can be shown to anybody in %s when the key comes from the environment',
    (language) => {
      const code = snippetOf(language, { ...options, key: null });
      expect(code).toContain('HUMANRAIL_API_KEY');
      expect(code).not.toContain('ek_');
    },
  );
});

/** A request that is hard to write down: every kind of value, and text with every kind of quote. */
const HARD = {
  type: 'hard.case',
  payload: {
    zebra: 'last letter, first field',
    quotes: `it's "quoted" \`back\` \\ and """three""" '''too''' \${HOME} $HOME %s`,
    lines: 'one\ntwo\r\n\ttab \u0000 \u0007 \u2028 \ufeff end',
    words: 'Grüße, 東京, שלום, 🦓 and half a \ud83e',
    '': 'a field without a name',
    '2': 'a name that is a number',
    'a-b c"\'`': { nothing: null, yes: true, no: false, list: [[], {}, [null, -1.5e-7]] },
    numbers: [0, -1, 0.1, 1e21, 2 ** 60, 5e-324],
  },
  output_schema: {
    type: 'object',
    required: ['zulu'],
    properties: { zulu: { type: ['string', 'null'] }, alpha: { const: null } },
  },
  metadata: { constructor: 'field', None: true, nil: null },
};

/** What a program sends, caught by a listener that answers as the API does. */
const caught: { body: string; authorization: string | undefined }[] = [];
let server: Server;
let folder: string;
let publicUrl: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'snippets-'));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      caught.push({ body, authorization: request.headers.authorization });
      const task = { id: 'task-1', status: body ? 'posted' : 'verified', output: { zulu: 'ok' } };
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(task));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** How each is run from a file. */
const RUN: Record<Language, { file: string; command: (file: string) => [string, string[]] }> = {
  python: { file: 'task.py', command: (file) => ['python3', [file]] },
  typescript: { file: 'task.mjs', command: (file) => ['node', [file]] },
  go: { file: 'task.go', command: (file) => ['gofmt', ['-l', '-e', file]] },
  curl: { file: 'task.sh', command: (file) => ['sh', [file]] },
};

const isThere = (command: string) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

async function run(language: Language, code: string): Promise<string> {
  const { file, command } = RUN[language];
  const path = join(folder, file);
  writeFileSync(path, code);
  const [program, args] = command(path);
  const child = spawn(program, args, {
    env: { ...process.env, HUMANRAIL_API_KEY: 'ek_test_from_env', GO111MODULE: 'off' },
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  await new Promise((done) => child.on('close', done));
  return said;
}

describe('a program', () => {
  it.each([
    ['python', 'python3'],
    ['typescript', 'node'],
    ['curl', 'curl'],
  ] as const)(
    'in %s sends exactly the request, with the order of its fields',
    async (language, tool) => {
      if (!isThere(tool)) {
        // The container of a customer need not have every language.
        console.warn(`${tool} is not installed, so the ${language} program was not run.`);
        return;
      }
      caught.length = 0;
      const said = await run(language, snippetOf(language, { key: null, publicUrl, task: HARD }));
      const [first, ...later] = caught;
      expect(first, said).toBeDefined();
      expect(JSON.stringify(JSON.parse(first?.body ?? ''))).toBe(JSON.stringify(HARD));
      expect(first?.authorization).toBe('Bearer ek_test_from_env');
      if (language === 'curl') return;
      expect(later.length, 'It waits for the answer').toBeGreaterThan(0);
      expect(said).toContain('verified');
    },
    60_000,
  );

  // Building a program with HTTP takes a minute on a cold machine, so its text is run by itself.
  it('in Go can be read by Go, and holds exactly the request', async () => {
    if (!isThere('go')) {
      console.warn('Go is not installed, so its program was not run.');
      return;
    }
    const program = snippetOf('go', { key: null, publicUrl, task: HARD });
    expect(await run('go', program), 'gofmt names faults by file, line and column').not.toMatch(
      /\.go:\d/,
    );
    const text = /call\("POST", "[^"]*", ([\s\S]*?)\)\n\tfor task/.exec(program)?.[1] ?? '';
    const path = join(folder, 'text.go');
    writeFileSync(
      path,
      `package main\n\nimport "os"\n\nfunc main() { os.Stdout.WriteString(${text}) }\n`,
    );
    const { stdout, stderr } = spawnSync('go', ['run', path], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.stringify(JSON.parse(stdout))).toBe(JSON.stringify(HARD));
  }, 120_000);
});
