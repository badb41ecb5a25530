/** Postgres could not be started; the message is one sentence that says what to do. */
export class PostgresStartError extends Error {
  override name = 'PostgresStartError';
}

const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);
const FULL_DISK = /No space left on device|ENOSPC|Disk quota exceeded/i;

/** Explains a file system error about `folder` in one sentence; returns other errors unchanged. */
export function explainFileError(error: unknown, folder: string): Error {
  const code = (error as NodeJS.ErrnoException)?.code;
  if (code && NOT_WRITABLE.has(code)) {
    return new PostgresStartError(
      `The folder ${folder} cannot be written; make it writable, or set DATA_DIR to a folder that is.`,
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') return fullDisk(folder);
  return error instanceof Error ? error : new Error(String(error));
}

/** Explains what Postgres printed before it exited in one sentence, including its last line. */
export function explainOutput(output: string, folder: string, what: string): PostgresStartError {
  if (FULL_DISK.test(output)) return fullDisk(folder);
  if (
    /error while loading shared libraries|Library not loaded|not found \(required by/.test(output)
  ) {
    return new PostgresStartError(
      `The embedded Postgres cannot run on this system (${lastLine(output)}); set DATABASE_URL to a PostgreSQL server instead.`,
    );
  }
  return new PostgresStartError(`Postgres ${what}: ${lastLine(output) || 'it printed nothing'}`);
}

function fullDisk(folder: string): PostgresStartError {
  return new PostgresStartError(
    `The disk that holds ${folder} is full; free some space, or set DATA_DIR to a folder on another disk.`,
  );
}

function lastLine(output: string): string {
  const lines = output.trim().split('\n');
  return (lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1) ?? '').trim();
}
