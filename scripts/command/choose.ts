import { CLIENT_COMMANDS, COMMANDS, type Command } from './commands';

/** The choice made by a command line. */
export type Choice =
  | { kind: 'help' }
  | { kind: 'version' }
  | { kind: 'unknown'; message: string }
  | { kind: 'command'; command: Command; args: string[] };

/** Parses the arguments after `humanrail`; `args` are the rest, for the command itself. */
export function choose(given: readonly string[]): Choice {
  const [first = '', second = ''] = given;
  if (first === '--help' || first === '-h' || first === 'help') return { kind: 'help' };
  if (first === '--version' || first === '-v') return { kind: 'version' };
  if (first === '' || first.startsWith('-'))
    return { kind: 'command', command: start(), args: [...given] };
  const client = CLIENT_COMMANDS.find(({ words }) => words === first);
  if (client) return { kind: 'command', command: client, args: [...given] };
  for (const words of [`${first} ${second}`, first.replace(':', ' '), first]) {
    const command = COMMANDS.find((each) => each.words === words);
    if (!command) continue;
    const used = words === `${first} ${second}` ? 2 : 1;
    const args = given.slice(used);
    if (command.words === 'start' && args.includes('--help')) return { kind: 'help' };
    return { kind: 'command', command, args };
  }
  const asked = COMMANDS.some(({ words }) => words.startsWith(`${first} `))
    ? `${first} ${second}`
    : first;
  return {
    kind: 'unknown',
    message: `There is no command "${asked.trim()}"; the commands are ${[
      ...COMMANDS,
      ...CLIENT_COMMANDS,
    ]
      .map(({ words }) => words)
      .join(', ')} (humanrail --help).`,
  };
}

function start(): Command {
  const command = COMMANDS.find(({ words }) => words === 'start');
  if (!command) throw new Error('There is no command start.');
  return command;
}

/** The text of `--help`. */
export function help(): string {
  const line = ({ words, summary }: Command) => `  ${words.padEnd(13)} ${summary}`;
  return `HumanRail carries an AI agent's questions to people.

Usage: npx humanrail [command] [options]

${COMMANDS.map(line).join('\n')}

For the agent's side, with HUMANRAIL_API_KEY and HUMANRAIL_BASE_URL:

${CLIENT_COMMANDS.map(line).join('\n')}

  --help, --version

Without a command it starts. What it keeps lies in .data, in the folder where it is run; DATA_DIR names
another one, PORT another port than 3000, DATABASE_URL a PostgreSQL of your own. A file .env is read.`;
}
