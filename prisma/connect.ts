import pg from 'pg';

const PATIENCE_MS = 15_000;

/**
 * Opens a connection.
 * @throws Error in a sentence that names the server, without its password.
 */
export async function connectTo(databaseUrl: string): Promise<pg.Client> {
  let client: pg.Client;
  try {
    client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: PATIENCE_MS,
    });
  } catch {
    throw new Error(
      'DATABASE_URL is no address of a PostgreSQL, such as postgresql://user:password@host:5432/name.',
    );
  }
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    const { message, code } = error as NodeJS.ErrnoException;
    throw new Error(
      `The database ${client.database} at ${client.host}:${client.port} cannot be used (${message || code}); see DATABASE_URL.`,
      { cause: error },
    );
  }
}
