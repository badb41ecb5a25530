const MODULE = 'github.com/prime001/humanrail-sdk/go';

/** Import paths by package name. */
const IMPORTS: Record<string, string> = {
  bytes: 'bytes',
  context: 'context',
  errors: 'errors',
  fmt: 'fmt',
  http: 'net/http',
  humanrail: MODULE,
  io: 'io',
  json: 'encoding/json',
  log: 'log',
  os: 'os',
  slog: 'log/slog',
  time: 'time',
};

/** A Go file from documentation statements; functions and types are placed outside of `main`. */
export function goFile(blocks: readonly string[]): string {
  const [first = ''] = blocks;
  if (/^package main$/m.test(first)) return first;
  const outside: string[] = [];
  const inside: string[] = [];
  for (const block of blocks) {
    const code = block.replace(/^import (\([\s\S]*?^\)|.*)$/gm, '');
    const declared = /^(func|type) [^\n]*?(\{\n[\s\S]*?^\}|[^{\n]*)$/gm;
    outside.push(...(code.match(declared) ?? []));
    inside.push(code.replace(declared, ''));
  }
  const body = [...outside, `func main() {\n${inside.join('\n')}\n}`].join('\n\n');
  const imports = Object.entries(IMPORTS)
    .filter(([name]) => new RegExp(`(^|[^\\w.])${name}\\.[A-Z]`).test(body))
    .map(([name, path]) => (name === 'humanrail' ? `\thumanrail "${path}"` : `\t"${path}"`));
  return `package main\n\nimport (\n${imports.join('\n')}\n)\n\n${body}\n`;
}

/** A module that uses the SDK in this folder. */
export function goModule(sdkFolder: string): string {
  return `module docs\n\ngo 1.22\n\nrequire ${MODULE} v0.0.0\n\nreplace ${MODULE} => ${sdkFolder}\n`;
}
