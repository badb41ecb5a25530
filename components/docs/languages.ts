import type { Language } from '@/components/ui/code/use-language';

const NAMES: Record<string, string> = {
  python: 'Python',
  ts: 'TypeScript',
  go: 'Go',
  sh: 'Shell',
  json: 'JSON',
  yaml: 'YAML',
  http: 'HTTP',
  text: 'Text',
};

/** What a reader calls the language of a block of code. */
export function languageName(language: string): string {
  return NAMES[language] ?? language;
}

/** The tabs that examples come in, by the language of their block. */
export const TABS: Record<string, { value: Language; label: string }> = {
  python: { value: 'python', label: 'Python' },
  ts: { value: 'typescript', label: 'TypeScript' },
  go: { value: 'go', label: 'Go' },
  sh: { value: 'curl', label: 'curl' },
};
