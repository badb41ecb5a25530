import type { FirstRunFacts } from '@/prisma/seed';
import { readFirstRun } from './first-run';
import { commandLine } from './packaged';
import { elapsed } from './progress';
import type { Settings } from './settings';

/** The body of a first task, as in the quickstart. */
export const FIRST_TASK = {
  type: 'content_review',
  payload: { text: 'Is this review genuine?', content: 'Great product, 5 stars!' },
  output_schema: {
    type: 'object',
    required: ['verdict'],
    properties: {
      verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] },
      notes: { type: 'string' },
    },
  },
  payout_sats: 500,
  sla_seconds: 300,
  skills_required: ['content_review'],
};

const HOME = { customer: '/dashboard', worker: '/work', operator: '/ops' };

/** Prints the product's address and how to try it. */
export function announce(settings: Settings): void {
  const facts = readFirstRun(settings.dataDir);
  const lines = [
    '',
    `HumanRail is ready at ${settings.publicUrl} (${elapsed()}). Ctrl-C stops it.`,
    '',
    ...(facts ? tellHowToTry(settings.publicUrl, facts) : withoutDemo()),
  ];
  console.log(lines.join('\n'));
}

function tellHowToTry(url: string, facts: FirstRunFacts): string[] {
  const signIns = facts.signIns.map(
    ({ role, email, password }) =>
      `  ${role.padEnd(9)} ${`${url}${HOME[role]}`.padEnd(34)} ${email}  ${password}`,
  );
  return [
    'Sign in:',
    ...signIns,
    '',
    'A first task, with a test key (simulated workers, play sats):',
    '',
    `  export HUMANRAIL_API_KEY=${facts.testKey}`,
    `  curl -s ${url}/v1/tasks -H "Authorization: Bearer $HUMANRAIL_API_KEY" \\`,
    `    -H 'Content-Type: application/json' -d '${JSON.stringify(FIRST_TASK)}'`,
    '',
    `Live key (reaches the workers who are online): ${facts.liveKey}`,
    '',
  ];
}

function withoutDemo(): string[] {
  return [
    'This database has no demo organization. Make an API key with',
    `  ${commandLine('keys:create')} --mode test`,
    '',
  ];
}
