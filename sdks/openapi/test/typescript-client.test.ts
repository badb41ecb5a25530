import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repositoryRoot = resolve(fileURLToPath(new URL('../../..', import.meta.url)));
const documentPath = join(repositoryRoot, 'public/openapi.json');
const baseUrl = process.env.HUMANRAIL_LIVE_BASE_URL;
const apiKey = process.env.HUMANRAIL_LIVE_API_KEY;

/** Every operationId of the document, the webhook's included. */
function operationIds(): string[] {
  const { paths, webhooks } = JSON.parse(readFileSync(documentPath, 'utf8')) as Record<
    'paths' | 'webhooks',
    Record<string, Record<string, { operationId: string }>>
  >;
  return [...Object.values(paths), ...Object.values(webhooks)].flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
}

/** A program on the generated types, by the client that their makers have for them. */
const program = (ids: readonly string[]) => `
import createClient from 'openapi-fetch';
import type { operations, paths } from './api';

type Listed = ${ids.map((id) => JSON.stringify(id)).join(' | ')};
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
export const namesEveryOperation: Same<Listed, keyof operations> = true;

export async function createAndGet(origin: string, key: string) {
  const headers = { Authorization: \`Bearer \${key}\` };
  const client = createClient<paths>({ baseUrl: origin, headers });
  const created = await client.POST('/v1/tasks', {
    body: {
      type: 'content_review',
      payload: { content: 'Great product, 5 stars!' },
      output_schema: {
        type: 'object',
        required: ['verdict'],
        properties: { verdict: { type: 'string' } },
      },
      payout_sats: 500,
      sandbox: { outcome: 'verified', answer: { verdict: 'genuine' }, delay_seconds: 0 },
    },
  });
  if (!created.data) throw new Error(created.error.error.message);
  const id: string = created.data.id;
  const one = { path: { id }, query: { wait: 30 } };
  const read = await client.GET('/v1/tasks/{id}', { params: one });
  const missing = await client.GET('/v1/tasks/{id}', {
    params: { path: { id: '0198c0de-0000-7000-8000-000000000000' } },
  });
  return { status: created.response.status, id, read: read.data, missing: missing.error?.error.code };
}
`;

type Program = {
  createAndGet(origin: string, key: string): Promise<Record<string, unknown>>;
};

describe('the types that openapi-typescript makes of the document', () => {
  let folder = '';
  let said = '';
  beforeAll(async () => {
    const parent = join(repositoryRoot, 'node_modules/.cache');
    mkdirSync(parent, { recursive: true });
    folder = mkdtempSync(join(parent, 'openapi-'));
    const packagePath = createRequire(import.meta.url).resolve('openapi-typescript/package.json');
    const generator = join(dirname(packagePath), 'bin/cli.js');
    const output = join(folder, 'api.ts');
    const args = [generator, documentPath, '--output', output];
    const { stderr } = await promisify(execFile)(process.execPath, args);
    said = stderr;
    writeFileSync(join(folder, 'program.ts'), program(operationIds()));
    const compilerOptions = {
      target: 'ES2022',
      lib: ['ES2022', 'DOM', 'DOM.Iterable'],
      module: 'esnext',
      moduleResolution: 'bundler',
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      types: [],
    };
    const project = { compilerOptions, files: ['program.ts', 'api.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('come without a warning', () => {
    expect(said).toBe('');
  });

  it('compile in a strict project, and name every operation', async () => {
    const tsc = join(repositoryRoot, 'node_modules/typescript-native/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(
      (failure: { stdout: string }) => failure,
    );
    expect(stdout).toBe('');
  });

  it.runIf(baseUrl && apiKey)('let a task through', async () => {
    const outfile = join(folder, 'program.mjs');
    const entryPoints = [join(folder, 'program.ts')];
    await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm' });
    const { createAndGet } = (await import(outfile)) as Program;
    const result = await createAndGet(new URL(baseUrl as string).origin, apiKey as string);
    expect(result).toMatchObject({
      status: 201,
      read: { id: result.id, object: 'task', payout_sats: 500 },
      missing: 'not_found',
    });
  });
});
