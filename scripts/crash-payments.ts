import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { db, useDatabase } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { addRail } from '@/server/testing/add-rail';
import { createOrganization } from '@/server/testing/factories';
import { type Lnbits, type LnbitsWallet, startLnbits } from '@/server/testing/lnbits';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { killLauncher, killPart, VICTIMS } from './crash/killer';
import { judgePayouts, type OwedPayout } from './crash/payments/judge-payments';
import { startWallets, type Wallets } from './crash/payments/wallets';
import { startTemporaryInstance, type TemporaryInstance } from './launcher/temporary-instance';

/**
 * Kills everything while workers are paid over Lightning: `npm run crash:payments`. A real LNbits pays workers
 * on real invoices, and breaks off after paying one in five, while `kill -9` hits the engine, the app and
 * Postgres in turn and once the launcher. In the end LNbits' own records must have one payment to each worker.
 * Exits 1 where anything is not so.
 */
const { values } = parseArgs({
  options: {
    payouts: { type: 'string', default: '1000' },
    /** LNbits breaks off after one payment in so many. */
    breaks: { type: 'string', default: '5' },
    /** Seconds between two kills, about. */
    pause: { type: 'string', default: '6' },
    /** Seconds to wait for the last payment. */
    patience: { type: 'string', default: '1800' },
  },
});
const [payouts, breaks, pause, patience] = (
  ['payouts', 'breaks', 'pause', 'patience'] as const
).map((name) => {
  const value = Number(values[name]);
  if (!Number.isFinite(value) || value <= 0) {
    throw new Error(`--${name} must be a positive number, not "${values[name]}".`);
  }
  return value;
}) as [number, number, number, number];

const FUNDS_SATS = 10_000_000;
const MAKERS = 4;
/** Kills stop once fewer than this share is left, so that a run ends. */
const LEFT_SHARE = 0.05;
const REPORT_MS = 15_000;

const begunMs = performance.now();
const say = (words: string) =>
  console.log(`${((performance.now() - begunMs) / 1000).toFixed(1).padStart(6)} s  ${words}`);

async function main(): Promise<boolean> {
  say('Starting LNbits and an instance.');
  const lnbits = await startLnbits();
  const wallets = await startWallets(lnbits, breaks);
  const instance = await startTemporaryInstance({ WEBHOOKS_ALLOW_PRIVATE: '1' });
  let isIntact = false;
  try {
    isIntact = await run(instance, lnbits, wallets);
    return isIntact;
  } finally {
    wallets.stop();
    await lnbits.stop();
    if (isIntact) await instance.stop();
    else say(`What the instance left behind, with its logs, stays in ${instance.dataDir}.`);
  }
}

async function run(
  instance: TemporaryInstance,
  lnbits: Lnbits,
  wallets: Wallets,
): Promise<boolean> {
  const payer = await lnbits.newWallet('Payer');
  await lnbits.topUp(payer, FUNDS_SATS);
  const owed = await oweAll(instance, wallets, payer);
  say(`${owed.length} payouts are owed. The kills begin.`);
  await killUntilFewAreLeft(instance);
  const left = await waitForAll(instance);
  say(
    `LNbits was told to pay ${wallets.counts.paid} times, and broke off ${wallets.counts.brokenOff} times.`,
  );
  return onDatabase(instance, async () => {
    const violations = await judgePayouts({
      ...{ owed, lnbits, wallets, payer, fundsSats: FUNDS_SATS },
    });
    for (const violation of violations.slice(0, 50)) console.log(`  ✗ ${violation}`);
    console.log(
      violations.length === 0
        ? `✓ All ${owed.length} workers were paid exactly once by LNbits’ own records, and ledger and LNbits agree to the sat.`
        : `✗ ${violations.length} violations, with ${left} payouts open.`,
    );
    return violations.length === 0;
  });
}

async function onDatabase<T>({ runtime }: TemporaryInstance, work: () => Promise<T>): Promise<T> {
  const release = await useDatabase(runtime.databaseUrl);
  try {
    return await work();
  } finally {
    await release();
  }
}

/** Sets the rail up, and owes one payout to each of so many workers, with amounts that tell them apart. */
function oweAll(
  instance: TemporaryInstance,
  wallets: Wallets,
  { adminKey }: LnbitsWallet,
): Promise<OwedPayout[]> {
  env.APP_SECRET = readFileSync(join(instance.dataDir, 'secret'), 'utf8').trim();
  return onDatabase(instance, async () => {
    await addRail('lnbits', { url: wallets.url, adminKey });
    const organization = await createOrganization({ funds: BigInt(FUNDS_SATS) });
    const owed: OwedPayout[] = [];
    const numbers = Array.from({ length: payouts }, (_, n) => n).values();
    const make = async () => {
      for (const n of numbers) {
        const [name, amountSats] = [`worker${n}`, 100 + (n % 400)];
        const { payoutIds } = await createVerifiedTask({
          ...{ mode: 'live' as const, rail: 'lightning', organization },
          ...{ destination: wallets.addressOf(name), payoutSats: BigInt(amountSats) },
        });
        owed.push({ id: payoutIds[0] ?? '', name, amountSats });
      }
    };
    await Promise.all(Array.from({ length: MAKERS }, make));
    return owed;
  });
}

const countOpen = (instance: TemporaryInstance) =>
  onDatabase(instance, () =>
    db.payout.count({ where: { status: { in: ['pending', 'sending'] } } }),
  );

/** Each part in turn, at moments that meet the work anywhere; once, the launcher. */
async function killUntilFewAreLeft(instance: TemporaryInstance): Promise<void> {
  for (let kill = 0; ; kill++) {
    await sleep(pause * 1_000 * (0.5 + Math.random()));
    if (kill === 4) {
      say('kill -9: the launcher; then npm start');
      await killLauncher(instance);
      continue;
    }
    const victim = VICTIMS[kill % VICTIMS.length] ?? 'app';
    await killPart(instance, victim);
    const left = await countOpen(instance).catch(() => null);
    say(`kill -9: ${victim}${left === null ? '' : `; ${left} payouts are open`}`);
    if (left !== null && left < payouts * LEFT_SHARE) return;
  }
}

async function waitForAll(instance: TemporaryInstance): Promise<number> {
  const deadline = performance.now() + patience * 1_000;
  for (;;) {
    const left = await countOpen(instance).catch(() => null);
    if (left === 0 || performance.now() > deadline) return left ?? payouts;
    say(`${left ?? '?'} payouts are open.`);
    await sleep(REPORT_MS);
  }
}

process.exit((await main()) ? 0 : 1);
