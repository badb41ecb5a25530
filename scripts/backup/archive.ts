import { createReadStream, createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip, constants as zlib } from 'node:zlib';
import tar from 'tar-stream';

/** Bytes of a table in one entry of the archive. */
const PART_BYTES = 4 * 1024 * 1024;

/** A file of a backup under way: a gzipped tar, private to its owner. */
export interface ArchiveWriter {
  /** Adds a small file. */
  add(name: string, content: string): Promise<void>;
  /** Adds a stream of unknown length as the files `name/000001`, `name/000002`, …; none where it is empty. */
  addStream(name: string, content: Readable): Promise<void>;
  /** Ends the archive; resolves once all of it is on the disk. */
  finish(): Promise<void>;
}

/** Begins an archive at `path`, where there must be no file. */
export function writeArchive(path: string): ArchiveWriter {
  const pack = tar.pack();
  const written = pipeline(
    pack,
    createGzip({ level: zlib.Z_BEST_SPEED }),
    createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
  );
  let failure: Error | undefined;
  // A failure of the file, such as a full disk, shows at the entry under way or the next one.
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
  };
}

/** A file of an archive; its content is read before the next file is asked for. */
export interface ArchiveEntry {
  name: string;
  content: AsyncIterable<Buffer>;
}

/**
 * Reads an archive's files in their order. To stop early, return from the generator.
 * @throws Error, here or where content is read, where it is damaged or cut short.
 */
export async function* readArchive(path: string): AsyncGenerator<ArchiveEntry> {
  const extract = tar.extract();
  const failure = pipeline(createReadStream(path), createGunzip(), extract).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
  // What the reader of a broken stream is told says less than what broke it.
  const explain = async (error: unknown) => {
    const { code, message } = (await failure) ?? (error as NodeJS.ErrnoException);
    if (code === 'ENOENT') return new Error(`There is no file ${path}.`);
    return new Error(`${path} is not a whole backup of HumanRail (${message}).`);
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
