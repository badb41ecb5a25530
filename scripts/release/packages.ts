import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npmPack, type PackedPackage } from '../distribution/npm-pack';
import { packDistribution } from '../distribution/pack';
import { root } from '../launcher/packaged';
import { expectProgram } from '../launcher/run-program';
import { contentFaults, unwantedFiles } from './contents';

/** Folders of published packages, each with its own licence file. */
export const PACKAGE_FOLDERS = ['sdks/typescript', 'sdks/mcp', 'sdks/python', 'sdks/go'];

/** The tools that build and check the Python package; pinned, so that releases are reproducible. */
const PYTHON_TOOLS = ['build==1.6.1', 'twine==7.0.0'];

/** @throws Error if a package's licence differs from the repository's. */
export function checkLicenceFiles(): void {
  const own = readFileSync(join(root, 'LICENSE'), 'utf8');
  for (const folder of PACKAGE_FOLDERS) {
    const file = join(root, folder, 'LICENSE');
    if (!existsSync(file) || readFileSync(file, 'utf8') !== own) {
      throw new Error(`${folder}/LICENSE is not the LICENSE of the repository.`);
    }
  }
}

/**
 * Packs the three npm packages into `folder`.
 * @throws Error if a package contains unwanted files, or no licence.
 */
export async function packForNpm(folder: string): Promise<PackedPackage[]> {
  await expectProgram(process.execPath, ['scripts/build-sdk.mjs', '--force']);
  const packed = [
    await npmPack(join(root, 'sdks/typescript'), folder),
    await npmPack(join(root, 'sdks/mcp'), folder),
    await packDistribution(folder),
  ];
  for (const { name, files, tarball } of packed) {
    const faults = contentFaults(files, tarball);
    if (!files.includes('LICENSE')) faults.push('It has no LICENSE.');
    if (faults.length > 0) throw new Error(`${name} cannot be published:\n${faults.join('\n')}`);
  }
  return packed;
}

/**
 * Builds the Python package's source distribution and wheel into `folder`, and checks them with
 * twine. Returns the two files, and the Python that has twine.
 */
export async function buildForPyPI(folder: string): Promise<{ files: string[]; python: string }> {
  const venv = join(root, 'node_modules/.cache/humanrail/release-python');
  const python = join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (!existsSync(python)) {
    await expectProgram(process.env.HUMANRAIL_PYTHON ?? 'python3', ['-m', 'venv', venv]);
  }
  await expectProgram(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    ...PYTHON_TOOLS,
  ]);
  const out = join(folder, 'python');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await expectProgram(python, ['-m', 'build', '--outdir', out, join(root, 'sdks/python')]);
  const files = readdirSync(out)
    .sort()
    .map((name) => join(out, name));
  const kinds = files.map((file) => (file.endsWith('.whl') ? 'wheel' : 'source')).sort();
  if (kinds.join() !== 'source,wheel') throw new Error(`The build made ${files.join(', ')}.`);
  await expectProgram(python, ['-m', 'twine', 'check', '--strict', ...files]);
  for (const file of files) await checkPythonContents(python, file);
  return { files, python };
}

const LIST_ARCHIVE = `
import sys, tarfile, zipfile
path = sys.argv[1]
if path.endswith('.whl'):
    print('\\n'.join(zipfile.ZipFile(path).namelist()))
else:
    print('\\n'.join(tarfile.open(path).getnames()))
`;

async function checkPythonContents(python: string, file: string): Promise<void> {
  const listed = await expectProgram(python, ['-c', LIST_ARCHIVE, file]);
  const names = listed.trim().split('\n');
  const faults = file.endsWith('.tar.gz') ? contentFaults(names, file) : unwantedFiles(names);
  if (!names.some((name) => /(^|\/)LICENSE$/.test(name))) faults.push('It has no LICENSE.');
  if (faults.length > 0) throw new Error(`${file} cannot be published:\n${faults.join('\n')}`);
}
