import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstFree } from '@/scripts/launcher/ports';
import type { CreateTask } from '@/server/features/tasks/schema';
import { HARD_TASKS } from './hard-tasks';
import { Api, isThere, pythonOfSdk, root, run, signedEvent } from './programs';
import { readBalance } from './read-balance';
import { receiveEvents } from './receive-events';
import { sendTask } from './send-task';

const SECRET = 'whsec_snippets';
const CASES = Object.entries(HARD_TASKS) as [string, CreateTask][];
const NO_GO = 'Go is not installed';
const NO_PYTHON = 'the Python SDK cannot be installed here';

const api = new Api();
let folder: string;
let access: { key: null; publicUrl: string };

beforeAll(async () => {
  // Where TypeScript and Node find what the project has installed.
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  folder = mkdtempSync(join(root, 'node_modules/.cache/snippets-'));
  access = { key: null, publicUrl: await api.start() };
});
afterAll(() => {
  api.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a program that sends a task, and looks at what it sent and said. */
async function sends(task: CreateTask, program: () => Promise<string>, prints = 'verified') {
  api.caught.length = 0;
  const said = await program();
  expect(api.caught, said).toHaveLength(1);
  const sent = JSON.parse(api.caught[0]?.body ?? '') as CreateTask;
  expect(sent).toEqual(JSON.parse(JSON.stringify(task)));
  // Forms follow the order of the schema's fields.
  expect(JSON.stringify(sent.output_schema)).toBe(JSON.stringify(task.output_schema));
  expect(api.caught[0]?.authorization).toBe('Bearer ek_test_from_env');
  expect(said).toContain(prints);
  return sent;
}

function write(name: string, code: string): string {
  const path = join(folder, name);
  writeFileSync(path, code);
  return path;
}

describe('in Python', () => {
  let python: string | undefined;
  beforeAll(() => {
    python = pythonOfSdk();
  }, 120_000);

  it.for(CASES)('%s is sent as it is', async ([name, task], { skip }) => {
    if (!python) return skip(NO_PYTHON);
    const path = write(`${name}.py`, sendTask('python', access, task));
    if (name === 'large') {
      expect(await run(python, [path], folder)).toContain('beyond 2^53');
      return;
    }
    const sent = await sends(task, () => run(python as string, [path], folder));
    expect(JSON.stringify(sent.payload)).toBe(JSON.stringify(task.payload));
  });

  it('the balance is read, and events are taken', async ({ skip }) => {
    if (!python) return skip(NO_PYTHON);
    const path = write('balance.py', readBalance('python', access));
    expect(await run(python, [path], folder)).toBe('55 sats\n');
    write('receive.py', receiveEvents('python', access.publicUrl));
    const driver = `import json, os, sys
os.environ["HUMANRAIL_WEBHOOK_SECRET"] = "${SECRET}"
from fastapi.testclient import TestClient
from receive import app
event = json.loads(sys.argv[1])
for signature in (event["signature"], "t=1,v1=00"):
    headers = {"X-HumanRail-Signature": signature}
    answer = TestClient(app).post("/webhooks/humanrail", content=event["body"], headers=headers)
    print(answer.status_code)
`;
    const event = JSON.stringify(signedEvent(SECRET));
    const said = await run(python, ['-W', 'ignore', write('drive.py', driver), event], folder);
    expect(said).toBe("task-1 {'zulu': 'ok'}\n200\n401\n");
  });
});

describe('in TypeScript', () => {
  const sdk = join(root, 'sdks/typescript/src/index.ts');
  const bundle = async (name: string) => {
    const outfile = join(folder, `${name}.mjs`);
    await build({
      entryPoints: [join(folder, `${name}.ts`)],
      alias: { '@humanrail/sdk': sdk },
      external: ['express'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
    });
    return outfile;
  };
  beforeAll(() => {
    for (const [name, task] of CASES) {
      write(`${name}.ts`, sendTask('typescript', access, task));
    }
    write('balance.ts', readBalance('typescript', access));
    write('receive.ts', receiveEvents('typescript', access.publicUrl));
  });

  it.each(CASES)('%s is sent as it is', async (name, task) => {
    const path = await bundle(name);
    const sent = await sends(task, () => run(process.execPath, [path], folder));
    expect(JSON.stringify(sent.payload)).toBe(JSON.stringify(task.payload));
  });

  it('all of it compiles in a strict project', async () => {
    const compilerOptions = {
      target: 'ES2022',
      lib: ['ES2022', 'DOM'],
      module: 'esnext',
      moduleResolution: 'bundler',
      moduleDetection: 'force',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      esModuleInterop: true,
      types: ['node'],
      paths: { '@humanrail/sdk': [sdk] },
    };
    const files = [...CASES.map(([name]) => name), 'balance', 'receive'].map((one) => `${one}.ts`);
    write('tsconfig.json', JSON.stringify({ compilerOptions, files }));
    const tsc = join(root, 'node_modules/typescript-native/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(
      (failure: { stdout: string }) => failure,
    );
    expect(stdout).toBe('');
  });

  it('the balance is read, and events are taken', async () => {
    expect(await run(process.execPath, [await bundle('balance')], folder)).toBe('55 sats\n');
    const port = await firstFree(24_000);
    const receiver = spawn(process.execPath, [await bundle('receive')], {
      env: { ...process.env, PORT: String(port), HUMANRAIL_WEBHOOK_SECRET: SECRET },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    receiver.stdout.on('data', (chunk) => {
      said += chunk;
    });
    try {
      const { body, signature } = signedEvent(SECRET);
      const post = async (given: string) => {
        const headers = {
          'content-type': 'application/json',
          'x-humanrail-signature': given,
        };
        const url = `http://127.0.0.1:${port}/webhooks/humanrail`;
        return (await fetch(url, { method: 'POST', headers, body })).status;
      };
      let status: number | undefined;
      while (!status && receiver.exitCode === null) {
        status = await post(signature).catch(() => undefined);
        await sleep(20);
      }
      expect([status, await post('t=1,v1=00')]).toEqual([200, 401]);
      expect(said).toBe("task-1 { zulu: 'ok' }\n");
    } finally {
      receiver.kill();
    }
  });
});

describe('in Go', () => {
  let faults: string | undefined;
  beforeAll(async () => {
    if (!isThere('go')) return;
    const module = 'github.com/prime001/humanrail-sdk/go';
    write(
      'go.mod',
      `module snippets\n\ngo 1.22\n\nrequire ${module} v0.0.0\n\nreplace ${module} => ${join(root, 'sdks/go')}\n`,
    );
    const programs: Record<string, string> = {
      balance: readBalance('go', access),
      receive: receiveEvents('go', access.publicUrl),
    };
    for (const [name, task] of CASES) programs[name] = sendTask('go', access, task);
    for (const [name, code] of Object.entries(programs)) {
      mkdirSync(join(folder, name));
      write(join(name, 'main.go'), code);
    }
    mkdirSync(join(folder, 'made'));
    faults = await run('go', ['build', '-mod=mod', '-o', 'made/', './...'], folder);
    faults += await run('go', ['vet', '-mod=mod', './...'], folder);
  }, 120_000);

  it('all of it compiles, and is well by go vet', ({ skip }) => {
    skip(faults === undefined, NO_GO);
    expect(faults).toBe('');
  });

  it.for(CASES)('%s is sent as it is', async ([name, task], { skip }) => {
    skip(faults === undefined, NO_GO);
    await sends(task, () => run(join(folder, 'made', name), [], folder));
  });

  it('the balance is read', async ({ skip }) => {
    skip(faults === undefined, NO_GO);
    expect(await run(join(folder, 'made/balance'), [], folder)).toBe('55 sats\n');
  });
});

describe('in a shell', () => {
  it.each(CASES)('%s is sent as it is', async (name, task) => {
    const path = write(`${name}.sh`, sendTask('curl', access, task));
    const sent = await sends(task, () => run('sh', [path], folder), '"status":"verified"');
    expect(JSON.stringify(sent)).toBe(JSON.stringify(task));
  });

  it('the balance is read', async () => {
    const path = write('balance.sh', readBalance('curl', access));
    expect(await run('sh', [path], folder)).toBe('{"available_sats":55}');
  });
});
