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
  // A failure of the file shows at the entry under way, and again at the end.
  written.catch((error: Error) => pack.destroy(error));
  const addBytes = (name: string, content: Buffer) =>
    new Promise<void>((resolve, reject) => {
      if (pack.destroyed) return reject(new Error('The archive cannot be written.'));
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
  content: Readable;
}

/**
 * Reads an archive's files in their order.
 * @throws Error where it is damaged or cut short.
 */
export async function* readArchive(path: string): AsyncGenerator<ArchiveEntry> {
  const extract = tar.extract();
  const read = pipeline(createReadStream(path), createGunzip(), extract);
  read.catch(() => undefined);
  try {
    for await (const entry of extract) {
      yield { name: entry.header.name, content: entry as unknown as Readable };
      entry.resume();
    }
    await read;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Error(`There is no file ${path}.`);
    if (/^Z_|^ERR_/.test(code ?? '') || /tar|header/i.test(message)) {
      throw new Error(`${path} is not a whole backup of HumanRail (${message}).`);
    }
    throw error;
  }
}

/** The content as text. */
export async function textOf(content: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of content as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
