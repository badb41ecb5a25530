/** A code block of the documentation. */
export interface Snippet {
  page: string;
  /** Line of the page on which it starts. */
  line: number;
  language: string;
  code: string;
  /** Words after the language, such as `fresh` or `serve=8000/webhooks`. */
  marks: ReadonlySet<string>;
  /** From `serve=PORT/PATH`. */
  serve?: { port: number; path: string };
  /** Lines that must be printed, in order; `…` matches anything. From the `text output` block after it. */
  output: string[];
}

const FENCE = /^(`{3,})([\w-]*)(.*)$/;

/**
 * Parses the code blocks of a page.
 * @throws Error if a block is unterminated, has no language, or is the output of nothing.
 */
export function readSnippets(page: string, source: string): Snippet[] {
  const snippets: Snippet[] = [];
  const lines = source.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const open = FENCE.exec(lines[at] ?? '');
    if (!open) continue;
    const [, ticks = '```', language = '', meta = ''] = open;
    const end = lines.findIndex((line, index) => index > at && line === ticks);
    const where = `${page}.mdx:${at + 1}`;
    if (end < 0) throw new Error(`${where}: the block does not end.`);
    if (!language) throw new Error(`${where}: the block has no language; \`text\` is one.`);
    const code = lines.slice(at + 1, end).join('\n');
    const marks = new Set(
      meta
        .replace(/title="[^"]*"/, '')
        .split(' ')
        .filter(Boolean),
    );
    if (language === 'text' && marks.has('output')) {
      const shown = snippets.at(-1);
      if (!shown) throw new Error(`${where}: an output stands after the block that prints it.`);
      shown.output.push(...code.split('\n').filter((line) => line.trim() !== ''));
    } else {
      snippets.push({ page, line: at + 1, language, code, marks, ...serveOf(marks), output: [] });
    }
    at = end;
  }
  return snippets;
}

function serveOf(marks: ReadonlySet<string>): Pick<Snippet, 'serve'> {
  for (const mark of marks) {
    const [, port, path] = /^serve=(\d+)(\/\S*)$/.exec(mark) ?? [];
    if (port && path) return { serve: { port: Number(port), path } };
  }
  return {};
}

/** Snippets that a reader runs as one program. */
export interface Program {
  /** Its first line, such as `webhooks.mdx:41 python`. */
  name: string;
  language: Runnable;
  snippets: Snippet[];
  serve?: { port: number; path: string };
  /** The documentation shows it failing. */
  throws: boolean;
  /** It pays from a wallet, so it is compiled and not run. */
  pays: boolean;
  output: string[];
}

const RUNNABLE = ['sh', 'python', 'ts', 'go'] as const;
export type Runnable = (typeof RUNNABLE)[number];

/** Marks of commands that are checked but not run. */
const READ_ONLY = ['install', 'operator'];

/** The mark of snippets that pay from a real Lightning wallet. */
const WALLET = 'wallet';

/** The mark of a file for a test runner, which would advance the clock for programs running concurrently. */
const TEST_FILE = 'testfile';

export function isReadOnly({ marks }: Snippet): boolean {
  return READ_ONLY.some((mark) => marks.has(mark));
}

/**
 * Combines snippets into programs: a page's blocks in one language, in order, form one program,
 * until one starts a new program (`fresh`, `serve=…`, `throws`, or a whole Go file).
 */
export function programsOf(snippets: readonly Snippet[]): Program[] {
  const programs: Program[] = [];
  const open = new Map<string, Program>();
  for (const snippet of snippets) {
    const language = RUNNABLE.find((each) => each === snippet.language);
    if (!language || isReadOnly(snippet) || snippet.marks.has(TEST_FILE)) continue;
    const { page, line, marks, serve } = snippet;
    const pays = marks.has(WALLET);
    const readerOf = `${page} ${language} ${pays}`;
    const isWhole = /^package main$/m.test(snippet.code);
    const stands = isWhole || serve !== undefined || marks.has('throws');
    let program = stands || marks.has('fresh') ? undefined : open.get(readerOf);
    if (!program) {
      program = {
        name: `${page}.mdx:${line} ${language}`,
        language,
        snippets: [],
        throws: marks.has('throws'),
        pays,
        output: [],
        ...(serve ? { serve } : {}),
      };
      programs.push(program);
      // Blocks after a standalone program continue the previous one.
      if (!stands) open.set(readerOf, program);
    }
    program.snippets.push(snippet);
    program.output.push(...snippet.output);
  }
  return programs;
}

/** The first expected line that is missing, in order; undefined if there is none. */
export function missingLine(expected: readonly string[], printed: string): string | undefined {
  const lines = printed.split('\n').map((line) => line.trimEnd());
  let at = 0;
  return expected.find((wanted) => {
    const pattern = new RegExp(`^${wanted.trimEnd().split('…').map(literal).join('.*')}$`);
    const found = lines.findIndex((line, index) => index >= at && pattern.test(line));
    if (found < 0) return true;
    at = found + 1;
    return false;
  });
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
