const IMPORT = /^import (type )?([\s\S]*?) from ['"]([^'"]+)['"];?$/gm;

/** Combines blocks of TypeScript into one module, with deduplicated imports. */
export function tsModule(blocks: readonly string[]): string {
  const named = new Map<string, Set<string>>();
  const whole = new Set<string>();
  const code = blocks
    .join('\n')
    .replace(IMPORT, (line, isType: string | undefined, what: string, from: string) => {
      const [, names] = /^\{([\s\S]*)\}$/.exec(what.trim()) ?? [];
      if (!names) {
        whole.add(line);
        return '';
      }
      const known = named.get(from) ?? new Set();
      for (const name of names.split(',').map((each) => each.trim())) {
        if (name) known.add(isType && !name.startsWith('type ') ? `type ${name}` : name);
      }
      named.set(from, known);
      return '';
    });
  const merged = [...named].map(
    ([from, names]) => `import { ${[...names].sort().join(', ')} } from '${from}';`,
  );
  return `${[...whole, ...merged].join('\n')}\nexport {};\n${code}\n`;
}
