import { createHmac } from 'node:crypto';

/** Number of the form described here; a file of another one is refused. */
export const FORMAT = 1;

/** Schemas that an instance keeps in its database: its own, and that of the embedded engine. */
export const SCHEMAS = ['public', 'engine'] as const;

/** Tables that the schema's own migrations fill. */
export const WRITTEN_BY_MIGRATIONS = new Set(['public._prisma_migrations', 'engine.meta']);

/** Files of the data folder that belong to an instance, besides the database. */
export const SECRET_FILES = ['secret', 'engine-keys.json', 'first-run.json'] as const;

export interface Table {
  schema: string;
  name: string;
  /** In the order of the data; generated columns are left out. */
  columns: string[];
}

/** The first file of a backup, `manifest.json`. */
export interface Manifest {
  product: 'humanrail';
  format: number;
  /** Version of the product that wrote it. */
  version: string;
  createdAt: string;
  /** The server's version number, such as 180004. */
  postgres: number;
  migrations: { name: string; checksum: string }[];
  /** Version of the embedded engine's schema; null where the database has none. */
  engine: number | null;
  tables: Table[];
  sequences: { schema: string; name: string; value: string; isCalled: boolean }[];
  /** Names the `APP_SECRET` that the data is encrypted under, without telling it. */
  secretFingerprint: string;
}

/** The last file of a backup, `end.json`: rows of each table, by `schema.name`. */
export interface End {
  rows: Record<string, number>;
}

export const keyOf = ({ schema, name }: Pick<Table, 'schema' | 'name'>) => `${schema}.${name}`;

/** A short name of a secret, from which it cannot be told. */
export function fingerprint(secret: string): string {
  return createHmac('sha256', secret).update('humanrail backup').digest('hex').slice(0, 16);
}
