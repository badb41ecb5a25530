import { createHmac } from 'node:crypto';

/** Version of the format described here; other versions are rejected. */
export const FORMAT = 1;

/** Schemas of an instance in its database: its own, and the embedded engine's. */
export const SCHEMAS = ['public', 'engine'] as const;

/** Tables that the schema's own migrations fill. */
export const WRITTEN_BY_MIGRATIONS = new Set(['public._prisma_migrations', 'engine.meta']);

/** Files of the data folder included in a backup. */
export const SECRET_FILES = ['secret', 'engine-keys.json', 'first-run.json'] as const;

export interface Table {
  schema: string;
  name: string;
  /** In the order of the data, without generated columns. */
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
  /** Version of the embedded engine's schema; null if the database has none. */
  engine: number | null;
  tables: Table[];
  sequences: { schema: string; name: string; value: string; isCalled: boolean }[];
  /** Identifies the `APP_SECRET` that encrypts the data, without revealing it. */
  secretFingerprint: string;
}

/** The last file of a backup, `end.json`: row counts of each table, by `schema.name`. */
export interface End {
  rows: Record<string, number>;
}

export const keyOf = ({ schema, name }: Pick<Table, 'schema' | 'name'>) => `${schema}.${name}`;

/** A short fingerprint of a secret, which does not reveal it. */
export function fingerprint(secret: string): string {
  return createHmac('sha256', secret).update('humanrail backup').digest('hex').slice(0, 16);
}
