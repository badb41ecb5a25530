import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../docs/api-examples/', import.meta.url));

/** Languages of the examples: that of the fence, and the ending of their files. */
const LANGUAGES = { python: 'py', ts: 'ts', go: 'go.txt', sh: 'sh' } as const;
export type Language = keyof typeof LANGUAGES;

/** The examples of a page, in one language, by the operation's id; `client` comes before all. */
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

/** The example of every language, by the language. */
export function readAllExamples(page: string): [Language, Map<string, string>][] {
  return (Object.keys(LANGUAGES) as Language[]).map((language) => [
    language,
    readExamples(page, language),
  ]);
}
