import { join } from 'node:path';
import { root } from '../launcher/packaged';
import { runProgram } from '../launcher/run-program';

/**
 * The Python environment of the SDK's own tests, with the SDK and its examples' dependencies;
 * created if missing. `reason` says why it cannot be created.
 */
export async function pythonOfSdk(): Promise<{ python: string } | { reason: string }> {
  const { code, output } = await runProgram('sh', [join(root, 'sdks/python/test.sh'), '--version']);
  if (code === 0) return { python: join(root, 'sdks/python/.venv/bin/python') };
  const leftOut = /^Left out: (.*)\.$/m.exec(output)?.[1];
  return { reason: leftOut ?? `its environment cannot be made: ${output}` };
}
