import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../docs/api-examples/', import.meta.url));

/** Languages of the examples: of the code fence, and their files' extension. */
const LANGUAGES = { python: 'py', ts: 'ts', go: 'go.txt', sh: 'sh' } as const;
export type Language = keyof typeof LANGUAGES;

/** A page's examples in one language, by operation id; `client` precedes all of them. */
export function readExamples(page: string, language: Language): Map<string, string> {
  const text = readFileSync(`${FOLDER}${page}.${LANGUAGES[language]}`, 'utf8');
  const examples = new Map<string, string>();
  for (const part of text.split(/^(?=(?:#|\/\/) [\w.]+$)/m)) {
    const [, name, code = ''] = /^(?:#|\/\/) ([\w.]+)\n([\s\S]*)$/.exec(part) ?? [];
    if (!name)
      throw new Error(`docs/api-examples/${page}.${LANGUAGES[language]} has code without a name.`);
    examples.set(name, code.trim());
  }
  return examples;
}

/** The examples in every language. */
export function readAllExamples(page: string): [Language, Map<string, string>][] {
  return (Object.keys(LANGUAGES) as Language[]).map((language) => [
    language,
    readExamples(page, language),
  ]);
}
