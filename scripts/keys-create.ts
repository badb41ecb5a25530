import { parseArgs } from 'node:util';
import { CreateApiKey } from '@/server/features/api-keys/schema';
import { SCOPES } from '@/server/platform/actor';
import { commandLine } from './launcher/packaged';
import { runScript, withProduct } from './launcher/product-access';

const USAGE = `Usage: ${commandLine('keys:create')} --mode test|live [--json]
  --name NAME            what the dashboard calls it
  --organization ID      the oldest one unless told
  --scopes A,B           all of them unless told: ${SCOPES.join(', ')}
  --expires TIME         when it stops working, such as 2026-12-31 or 2026-12-31T12:00:00Z
  --max-spend-sats SATS  what it may hold for tasks in a day`;

/** Creates an API key of an organization, by default the oldest one, in the name of its owner. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      mode: { type: 'string', default: 'test' },
      name: { type: 'string', default: 'Made on the command line' },
      organization: { type: 'string' },
      scopes: { type: 'string' },
      expires: { type: 'string' },
      'max-spend-sats': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const { organization } = values;
  const input = readInput(values);
  const key = await withProduct(async () => {
    const { createApiKey } = await import('@/server/features/api-keys');
    const { db } = await import('@/server/platform/db');
    const owner = await db.member.findFirst({
      where: { role: 'owner', ...(organization ? { organizationId: organization } : {}) },
      orderBy: { createdAt: 'asc' },
    });
    if (!owner) {
      throw new Error(
        organization
          ? `There is no organization ${organization} with an owner; sign up at /sign-up, or leave --organization out.`
          : `There is no organization yet; run ${commandLine('start')} once, or sign up at /sign-up.`,
      );
    }
    const { organizationId, userId } = owner;
    const { mode } = input;
    const actor = { kind: 'member', organizationId, userId, role: 'owner', mode } as const;
    return createApiKey(actor, input);
  });
  const { plaintext, id } = key;
  const { mode, name } = input;
  console.log(values.json ? JSON.stringify({ id, key: plaintext, mode, name }) : plaintext);
}

/** @throws Error with the usage if a value is invalid for a key. */
function readInput(values: Record<string, string | boolean | undefined>): CreateApiKey {
  const { mode, name, scopes, expires } = values;
  const sats = values['max-spend-sats'];
  const checked = CreateApiKey.safeParse({
    mode,
    name,
    ...(scopes === undefined ? {} : { scopes: String(scopes).split(',') }),
    ...(expires === undefined ? {} : { expiresAt: new Date(String(expires)) }),
    ...(sats === undefined ? {} : { maxSpendSatsPerDay: readSats(String(sats)) }),
  });
  if (checked.success) return checked.data;
  const faults = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`${faults.join('\n')}\n\n${USAGE}`);
}

function readSats(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

runScript(main);
