/** A command of `humanrail`, by the words that call it. */
export interface Command {
  words: string;
  /** One line of help. */
  summary: string;
  /** Loads the script that implements it; the script reads its arguments as if run directly. */
  load(): Promise<unknown>;
}

/** The SDK's client command, which parses its own arguments. */
const client = () => import('../../sdks/typescript/src/command/program.js');

/** Every command; `start` is the default. */
export const COMMANDS: readonly Command[] = [
  {
    words: 'start',
    summary: 'start HumanRail; --verbose shows its logs',
    load: () => import('../launcher/main'),
  },
  {
    words: 'keys create',
    summary: 'create an API key; --help lists scopes, expiry and cap',
    load: () => import('../keys-create'),
  },
  {
    words: 'operators',
    summary: 'list, add or remove operators of the instance',
    load: () => import('../operators'),
  },
  {
    words: 'credit',
    summary: 'credit an organization with sats; --help says how',
    load: () => import('../credit'),
  },
  {
    words: 'migrate',
    summary: 'apply the database migrations of this version',
    load: () => import('../migrate'),
  },
  {
    words: 'ledger check',
    summary: 'prove that every posting sums to zero; --rails asks rails too',
    load: () => import('../ledger-check'),
  },
  {
    words: 'backup',
    summary: 'write database and secrets to FILE, also while it runs',
    load: () => import('../backup'),
  },
  {
    words: 'restore',
    summary: 'read FILE into an empty database',
    load: () => import('../restore'),
  },
];

/** The agent-side commands, implemented by the SDK's own command. */
export const CLIENT_COMMANDS: readonly (Command & { words: 'tasks' | 'listen' | 'verify' })[] = [
  { words: 'tasks', summary: 'create, get, wait for and list tasks', load: client },
  { words: 'listen', summary: 'forward events to a URL of this machine', load: client },
  { words: 'verify', summary: 'check the signature of a receipt', load: client },
];
