import { join } from 'node:path';
import { expectProgram } from '../launcher/run-program';

/** A package as published by npm. */
export interface PackedPackage {
  name: string;
  version: string;
  /** Path of the tarball. */
  tarball: string;
  packedBytes: number;
  unpackedBytes: number;
  /** Paths within the package. */
  files: string[];
}

interface NpmReport {
  name: string;
  version: string;
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}

/**
 * Packs the package in `source` into a tarball in `folder`.
 * @throws Error with npm's message on failure.
 */
export async function npmPack(source: string, folder: string): Promise<PackedPackage> {
  const args = ['pack', source, '--pack-destination', folder, '--json', '--ignore-scripts'];
  const [report] = JSON.parse(await expectProgram('npm', args)) as NpmReport[];
  if (!report) throw new Error(`npm packed nothing from ${source}.`);
  return {
    name: report.name,
    version: report.version,
    tarball: join(folder, report.filename),
    packedBytes: report.size,
    unpackedBytes: report.unpackedSize,
    files: report.files.map(({ path }) => path),
  };
}
