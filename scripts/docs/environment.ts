import { ENVIRONMENT, type EnvironmentVariable } from '@/server/platform/environment-variables';
import { markdownTable } from './markdown-table';

const WIDTH = 100;

/** `.env.example`: every variable with its description as a comment, and its default. */
export function environmentFile(): string {
  const groups = ENVIRONMENT.map(({ title, variables }) =>
    [`## ${title}`, ...variables.map(exampleOf)].join('\n\n'),
  );
  const head = comment(
    'Copy to .env and change what you need. Everything has a default; an empty value counts as unset.',
  );
  return `${[head, ...groups].join('\n\n')}\n`;
}

function exampleOf({ name, value = '', meaning, compose }: EnvironmentVariable): string {
  const words = meaning.replaceAll('`', '');
  return `${comment(compose ? `${words} (compose)` : words)}\n${name}=${value}`;
}

/** Text as lines that start with `# `. */
function comment(words: string): string {
  const lines = ['#'];
  for (const word of words.split(' ')) {
    const line = `${lines.at(-1)} ${word}`;
    if (line.length > WIDTH) lines.push(`# ${word}`);
    else lines[lines.length - 1] = line;
  }
  return lines.join('\n');
}

/** A table for each group of variables, under its heading. */
export function environmentTable(): string {
  return ENVIRONMENT.map(({ title, variables }) => {
    const rows = variables.map(({ name, value, meaning, scaling }) => [
      `\`${name}\`${scaling ? ' †' : ''}`,
      value ? `\`${value}\`` : '–',
      meaning,
    ]);
    return `## ${title}\n\n${markdownTable(['variable', 'default', 'meaning'], rows)}`;
  }).join('\n\n');
}

/** The variables that a multi-machine instance must set. */
export function scalingTable(): string {
  const rows = ENVIRONMENT.flatMap(({ variables }) => variables)
    .filter(({ scaling }) => scaling)
    .map(({ name, meaning }) => [`\`${name}\``, meaning]);
  return markdownTable(['variable', 'meaning'], rows);
}
