import { closeSync, openSync, readSync, renameSync, statSync } from 'node:fs';

const LIMIT_BYTES = 20 * 1024 * 1024;

/**
 * Follows a file that a process writes. The process writes to the file itself, not to a pipe, so
 * that it survives if this process is killed.
 */
export interface LogTail {
  /** Text written since this tail began, at most its last 16 KB. */
  recent(): string;
  /** Reads the rest and stops following. */
  stop(): void;
}

/** Opens a log for a new process; a log larger than 20 MB is rotated first. */
export function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LIMIT_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/** Calls `onLine` with each complete line added to the file from now on. */
export function followLog(path: string, onLine: (line: string) => void): LogTail {
  const begin = statSync(path).size;
  let place = begin;
  let rest = '';
  const read = () => {
    for (let text = readFrom(path, place); text.bytes > 0; text = readFrom(path, place)) {
      place += text.bytes;
      const lines = (rest + text.text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    }
  };
  const timer = setInterval(read, 250);
  return {
    recent: () => readFrom(path, Math.max(begin, statSync(path).size - 16 * 1024)).text,
    stop() {
      clearInterval(timer);
      read();
    },
  };
}

function readFrom(path: string, place: number): { text: string; bytes: number } {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(64 * 1024);
    const bytes = readSync(file, buffer, 0, buffer.length, place);
    return { text: buffer.toString('utf8', 0, bytes), bytes };
  } finally {
    closeSync(file);
  }
}

/**
 * What the terminal shows of a log line when not verbose: errors. The product's lines are JSON with
 * a level; others are Next's own.
 */
export function errorIn(line: string): string | undefined {
  if (line.startsWith('{')) {
    try {
      const entry = JSON.parse(line) as {
        level?: number;
        msg?: string;
        err?: { message?: string };
      };
      if ((entry.level ?? 0) < 50) return undefined;
      return [entry.msg, entry.err?.message].filter(Boolean).join(': ').replace(/\s+/g, ' ');
    } catch {
      return undefined;
    }
  }
  return /^\s*(⨯|Error:|TypeError:|\w*Error: )/.test(line) ? line.trim() : undefined;
}
