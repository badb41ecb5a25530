import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { CreditOrganization } from '@/server/features/ledger/schema';
import { commandLine } from './launcher/packaged';
import { runScript, withProduct } from './launcher/product-access';

const USAGE = `Usage: ${commandLine('credit')} ORGANIZATION_ID SATS --reason TEXT
  --mode MODE   live unless told, or test
  --key UUID    the same key credits once; left out, each call credits anew`;

/** Credits an organization with sats, as an operator does at /ops/organizations. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mode: { type: 'string', default: 'live' },
      reason: { type: 'string' },
      key: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const [organizationId, sats, ...rest] = positionals;
  const checked = CreditOrganization.safeParse({
    key: values.key ?? randomUUID(),
    organizationId,
    mode: values.mode,
    amountSats: Number(sats),
    reason: values.reason ?? '',
  });
  if (rest.length > 0) throw new Error(USAGE);
  if (!checked.success) {
    const faults = checked.error.issues.map((fault) => `${fault.path.join('.')}: ${fault.message}`);
    throw new Error(`${faults.join('\n')}\n\n${USAGE}`);
  }
  await withProduct(async () => {
    const { creditOrganization } = await import('@/server/features/ledger');
    const { SYSTEM } = await import('@/server/platform/actor');
    const { organizationName, availableSats, again } = await creditOrganization(
      SYSTEM,
      checked.data,
    );
    const done = again ? 'Credited before under this key' : `Credited ${sats} sats`;
    console.log(
      `${done}: ${organizationName} has ${availableSats} sats to spend in ${values.mode} mode.`,
    );
  });
}

runScript(main);
