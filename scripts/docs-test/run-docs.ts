import { parseAllDocuments } from 'yaml';
import type { Outcome } from '../testing/outcome';
import { typeFaults, Workshop } from './build-program';
import { commandFaults } from './commands';
import { linkFaults, readPages } from './links';
import { type InstanceForDocs, runProgram } from './run-program';
import {
  isReadOnly,
  type Program,
  programsOf,
  type Runnable,
  readSnippets,
  type Snippet,
} from './snippets';

/** Concurrent programs: they mostly wait for responses. */
const LANES = 8;

/** Runs every snippet of the pages against an instance, and follows every link; prints each result. */
export async function runDocs(
  instance: InstanceForDocs,
  { page, say }: { page?: string; say(words: string): void },
): Promise<Outcome> {
  const all = readPages();
  const pages = [...all].filter(([slug]) => !page || slug === page);
  if (pages.length === 0) throw new Error(`No such page: "${page}".`);
  const snippets = pages.flatMap(([slug, source]) => readSnippets(slug, source));
  const programs = programsOf(snippets);
  const outcome: Outcome = { passed: 0, failed: 0, skipped: 0 };
  const tell = (name: string, fault: string | null) => {
    outcome[fault === null ? 'passed' : 'failed'] += 1;
    say(fault === null ? `✓ ${name}` : `✗ ${name}\n${fault.replace(/^/gm, '    ')}`);
  };
  const workshop = new Workshop();
  try {
    const lacking = await toolchains(workshop, programs);
    const queue = programs.values();
    const lane = async () => {
      for (const program of queue) {
        const reason = lacking.get(program.language);
        if (reason) outcome.skipped += 1;
        else tell(program.name, await runProgram(program, workshop, instance));
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    for (const [language, reason] of lacking) say(`Skipped: ${language} (${reason})`);
    if (programs.some(({ language }) => language === 'ts')) {
      const faults = await typeFaults(workshop.folder);
      tell('types of the TypeScript', faults.length > 0 ? faults.join('\n') : null);
    }
  } finally {
    workshop.remove();
  }
  for (const snippet of snippets.filter(isReadOnly)) {
    const faults = await commandFaults(snippet);
    tell(`${nameOf(snippet)} commands`, faults.length > 0 ? faults.join('\n') : null);
  }
  for (const snippet of snippets.filter(({ language }) => ['json', 'yaml'].includes(language))) {
    tell(nameOf(snippet), dataFault(snippet));
  }
  const faults = linkFaults(all);
  tell('links', faults.length > 0 ? faults.join('\n') : null);
  return outcome;
}

const nameOf = ({ page, line, language }: Snippet) => `${page}.mdx:${line} ${language}`;

async function toolchains(
  workshop: Workshop,
  programs: readonly Program[],
): Promise<Map<Runnable, string>> {
  const lacking = new Map<Runnable, string>();
  for (const language of new Set(programs.map((program) => program.language))) {
    const reason = await workshop.lacks(language);
    if (reason) lacking.set(language, reason);
  }
  return lacking;
}

function dataFault({ language, code }: Snippet): string | null {
  try {
    if (language === 'json') JSON.parse(code);
    else for (const { errors } of parseAllDocuments(code)) if (errors[0]) throw errors[0];
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
