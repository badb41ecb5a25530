import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import type { SchemaContainer, SchemaEngine } from '@prisma/schema-engine-wasm';

const require = createRequire(import.meta.url);
const ENGINE = '@prisma/schema-engine-wasm/schema_engine_bg';

interface Bindings {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

/** Loads Prisma's schema engine as WebAssembly, since its binary cannot be downloaded everywhere. */
async function loadEngine(): Promise<typeof SchemaEngine> {
  const script = require.resolve(ENGINE);
  const bindings = (await import(ENGINE)) as unknown as Bindings;
  const bytes = readFileSync(script.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings.SchemaEngine;
}

/**
 * The engine takes its dialect from a connection, of which it asks one thing: the version. Answering
 * that here lets a migration be written with no server at all.
 */
function dialect() {
  const noDatabase = () => Promise.reject(new Error('A schema difference reads no database.'));
  const connection: SqlDriverAdapter = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    queryRaw: () =>
      Promise.resolve({
        columnNames: ['exists', 'version', 'numeric_version'],
        columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
        rows: [[true, 'PostgreSQL 18.0', 180_000]],
      }),
    executeRaw: noDatabase,
    executeScript: noDatabase,
    startTransaction: noDatabase,
    dispose: () => Promise.resolve(),
  };
  return bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => Promise.resolve(connection),
    connectToShadowDb: noDatabase,
  });
}

/**
 * The SQL that leads from one Prisma schema to another; `undefined` stands for an empty database.
 * Needs no database.
 * @throws Error in Prisma's words when a schema is not valid.
 */
export async function diffSchemas(
  from: SchemaContainer[] | undefined,
  to: SchemaContainer[],
): Promise<string> {
  const Engine = await loadEngine();
  const files = to.map((file) => [file.path, file.content] as [string, string]);
  const engine = await Engine.new({ datamodels: files }, () => undefined, dialect());
  try {
    const { stdout } = await engine.diff({
      from: from ? { tag: 'schemaDatamodel', files: from } : { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: to },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? '';
  } finally {
    engine.free();
  }
}
