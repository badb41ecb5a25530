// Adds to package-lock.json the other platforms' optional binaries that npm leaves out (a known npm
// bug, and a limitation of registries that mirror only some platforms). Without them `npm ci`
// rejects the lockfile on those platforms, or on all. Run it after every `npm install`; `--check`
// only reports.
import { readFileSync, writeFileSync } from 'node:fs';

const LOCK = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'arm'];

const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
const packages = lock.packages;
const added = [];

for (const [path, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (packages[place] || packages[`${path}/${place}`]) continue;
    const platform = platformOf(name);
    if (!platform) continue;
    packages[place] = { version, ...(entry.dev ? { dev: true } : {}), optional: true, ...platform };
    added.push(`${name}@${version}`);
  }
}

if (added.length > 0 && process.argv.includes('--check')) {
  process.stderr.write(`package-lock.json lacks ${added.join(', ')}.\n`);
  process.stderr.write('Run: node scripts/complete-lockfile.mjs\n');
  process.exit(1);
}
if (added.length > 0) {
  const { '': root, ...rest } = packages;
  lock.packages = Object.fromEntries([
    ['', root],
    ...Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
}
process.stdout.write(`${added.length} added\n`);

function platformOf(name) {
  const os = SYSTEMS.find((system) => name.includes(system));
  const cpu = PROCESSORS.find((processor) => new RegExp(`[-/]${processor}(-|$)`).test(name));
  if (!os || !cpu) return undefined;
  const libc = name.includes('musl') ? ['musl'] : name.includes('gnu') ? ['glibc'] : undefined;
  return { os: [os], cpu: [cpu], ...(os === 'linux' && libc ? { libc } : {}) };
}
