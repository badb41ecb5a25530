import { parseArgs } from 'node:util';
import { runScript, withProduct } from './launcher/product-access';

const HELP = `Adds the whole ledger up again, and says what rails say otherwise than it is recorded.

  --rails   first asks every Lightning rail again about what ended since it was compared last

Ends with 1 where something is off. A balance of a rail that is off is a notice, and ends with 0.`;

/** Recomputes the whole ledger and reports whether it balances; exit code 1 if not. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rails: { type: 'boolean', default: false }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(HELP);
  const { found, faults, differences } = await withProduct(async () => {
    const { faultsOf, reconcile } = await import('@/server/features/ledger');
    const { openDifferences, reconcileWhole } = await import('@/server/features/reconciliation');
    if (values.rails) await reconcileWhole();
    const found = await reconcile();
    return { found, faults: faultsOf(found), differences: await openDifferences() };
  });
  console.log(`${found.postings} postings, ${found.entries} entries.`);
  for (const { mode, kind, accounts, sats } of found.totals) {
    const count = accounts === 1 ? '1 account' : `${accounts} accounts`;
    console.log(
      `${mode.padEnd(4)}  ${kind.padEnd(22)}  ${count.padStart(14)}  ${String(sats).padStart(16)} sats`,
    );
  }
  for (const fault of faults) console.log(`✗ ${fault}`);
  for (const { rail, kind, subject, expected, found: says } of differences) {
    console.log(`${kind === 'balance' ? '!' : '✗'} ${rail}, ${subject}: ${expected} ${says}`);
  }
  console.log(
    found.ok
      ? 'Every posting sums to zero, every balance equals its entries, every closed hold is empty, every settled deposit is credited, every closed month stands.'
      : 'The ledger does not add up.',
  );
  const contradicted = differences.some(({ kind }) => kind !== 'balance');
  if (contradicted) console.log('Rails disagree with the records; see /ops/payouts/rails.');
  process.exitCode = found.ok && !contradicted ? 0 : 1;
}

runScript(main);
