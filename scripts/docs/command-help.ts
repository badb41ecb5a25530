import { HELP, type HelpTopic } from '@/sdks/typescript/src/command/help';
import { fence } from './api/markdown';

const TOPICS: HelpTopic[] = [
  'tasks create',
  'tasks get',
  'tasks wait',
  'tasks list',
  'listen',
  'verify',
];

/** The `--help` output of each command. */
export function commandHelp(): string {
  return TOPICS.map((topic) => `### ${topic}\n\n${fence('text', HELP[topic])}`).join('\n\n');
}
