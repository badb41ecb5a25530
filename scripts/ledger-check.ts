import { runScript, withProduct } from './launcher/product-access';

/** Adds the whole ledger up again and says whether it holds; exit code 1 when it does not. */
async function main(): Promise<void> {
  const { found, faults } = await withProduct(async () => {
    const { faultsOf, reconcile } = await import('@/server/features/ledger');
    const found = await reconcile();
    return { found, faults: faultsOf(found) };
  });
  console.log(`${found.postings} postings, ${found.entries} entries.`);
  for (const { mode, kind, accounts, sats } of found.totals) {
    const count = accounts === 1 ? '1 account' : `${accounts} accounts`;
    console.log(
      `${mode.padEnd(4)}  ${kind.padEnd(22)}  ${count.padStart(14)}  ${String(sats).padStart(16)} sats`,
    );
  }
  for (const fault of faults) console.log(`✗ ${fault}`);
  console.log(
    found.ok
      ? 'Every posting sums to zero, every balance equals its entries, every closed hold is empty, every settled deposit is credited, every closed month stands.'
      : 'The ledger does not add up.',
  );
  process.exitCode = found.ok ? 0 : 1;
}

runScript(main);
