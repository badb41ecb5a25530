import { runScript, withProduct } from './launcher/product-access';

/** Adds the whole ledger up again and says whether it holds; exit code 1 when it does not. */
async function main(): Promise<void> {
  const result = await withProduct(async () => {
    const { reconcile } = await import('@/server/features/ledger');
    return reconcile();
  });
  const { unbalanced, wrongBalances, wrongHolds, wrongDeposits } = result;
  console.log(`${result.postings} postings, ${result.entries} entries.`);
  for (const { kind, reference, sumSats } of unbalanced) {
    console.log(`✗ The posting ${kind} ${reference} sums to ${sumSats} sats, not to zero.`);
  }
  for (const { kind, owner, mode, balanceSats, entriesSats } of wrongBalances) {
    console.log(
      `✗ The ${mode} account ${kind} of ${owner} says ${balanceSats} sats; its entries sum to ${entriesSats}.`,
    );
  }
  for (const { reference, leftSats } of wrongHolds) {
    console.log(`✗ The hold of ${reference} was closed with ${leftSats} sats left in it.`);
  }
  for (const { reference, depositSats, postedSats } of wrongDeposits) {
    console.log(
      `✗ ${reference} was settled with ${depositSats ?? 'no'} sats, and ${postedSats ?? 'none'} were credited.`,
    );
  }
  console.log(
    result.ok
      ? 'Every posting sums to zero, every balance equals its entries, every closed hold is empty, every settled deposit is credited.'
      : 'The ledger does not add up.',
  );
  process.exitCode = result.ok ? 0 : 1;
}

runScript(main);
