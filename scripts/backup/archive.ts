import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip, constants as zlib } from 'node:zlib';
import tar from 'tar-stream';

/** Bytes of a table in one entry of the archive. */
const PART_BYTES = 4 * 1024 * 1024;

/** A backup file being written: a gzipped tar, readable by its owner only. */
export interface ArchiveWriter {
  /** Adds a small file. */
  add(name: string, content: string): Promise<void>;
  /** Adds a stream of unknown length as the files `name/000001`, `name/000002`, …; none if it is empty. */
  addStream(name: string, content: Readable): Promise<void>;
  /** Finishes the archive; resolves once all of it is on disk. */
  finish(): Promise<void>;
  /** Aborts the archive; once resolved, nothing more is written, and the file can be removed. */
  abandon(): Promise<void>;
}

/** Creates an archive at `path`, which must not exist. */
export function writeArchive(path: string): ArchiveWriter {
  const pack = tar.pack();
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  const written = pipeline(pack, createGzip({ level: zlib.Z_BEST_SPEED }), file);
  let failure: Error | undefined;
  // A failure of the file, such as a full disk, surfaces at the current entry or the next one.
  pack.on('error', () => undefined);
  written.catch((error: Error) => {
    failure = error;
    pack.destroy(error);
  });
  const addBytes = (name: string, content: Buffer) =>
    new Promise<void>((resolve, reject) => {
      if (failure) return reject(failure);
      const fail = (error: Error) => reject(error);
      pack.once('error', fail);
      pack.entry({ name, mode: 0o600 }, content, (error) => {
        pack.off('error', fail);
        if (error) reject(error);
        else resolve();
      });
    });
  return {
    add: (name, content) => addBytes(name, Buffer.from(content)),
    async addStream(name, content) {
      let part = 0;
      let held: Buffer[] = [];
      let bytes = 0;
      const flush = async () => {
        if (bytes === 0) return;
        part += 1;
        await addBytes(`${name}/${String(part).padStart(6, '0')}`, Buffer.concat(held));
        held = [];
        bytes = 0;
      };
      for await (const chunk of content as AsyncIterable<Buffer>) {
        held.push(chunk);
        bytes += chunk.length;
        if (bytes >= PART_BYTES) await flush();
      }
      await flush();
    },
    async finish() {
      pack.finalize();
      await written;
    },
    async abandon() {
      pack.destroy();
      // The file may still be opening, and would be created afterwards.
      if (!file.closed) await once(file, 'close').catch(() => undefined);
    },
  };
}

/** A file of an archive; read its content before requesting the next file. */
export interface ArchiveEntry {
  name: string;
  content: AsyncIterable<Buffer>;
}

/**
 * Reads an archive's files in order. To stop early, return from the generator.
 * @throws Error, here or while reading content, if the archive is damaged or truncated.
 */
export async function* readArchive(path: string): AsyncGenerator<ArchiveEntry> {
  const extract = tar.extract();
  const failure = pipeline(createReadStream(path), createGunzip(), extract).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
  // The error of a broken stream's reader is less specific than its cause.
  const explain = async (error: unknown) => {
    const { code, message } = (await failure) ?? (error as NodeJS.ErrnoException);
    if (code === 'ENOENT') return new Error(`There is no file ${path}.`);
    return new Error(`${path} is not a complete backup of HumanRail (${message}).`);
  };
  async function* contentOf(entry: AsyncIterable<Buffer>) {
    try {
      yield* entry;
    } catch (error) {
      throw await explain(error);
    }
  }
  try {
    const files = extract[Symbol.asyncIterator]();
    for (;;) {
      const next = await files.next().catch(async (error: unknown) => {
        throw await explain(error);
      });
      if (next.done) break;
      const entry = next.value;
      yield { name: entry.header.name, content: contentOf(entry as AsyncIterable<Buffer>) };
      entry.resume();
    }
    const error = await failure;
    if (error) throw await explain(error);
  } finally {
    extract.destroy();
  }
}

/** The content as text. */
export async function textOf(content: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
