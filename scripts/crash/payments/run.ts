import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { db, useDatabase } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { addRail } from '@/server/testing/add-rail';
import { createOrganization } from '@/server/testing/factories';
import { type Lnbits, type LnbitsWallet, startLnbits } from '@/server/testing/lnbits';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { startTemporaryInstance, type TemporaryInstance } from '../../launcher/temporary-instance';
import { killLauncher, killPart, VICTIMS } from '../killer';
import { say } from '../say';
import { judgePayouts, type OwedPayout } from './judge-payments';
import { startWallets, type Wallets } from './wallets';

export interface CrashOptions {
  payouts: number;
  /** LNbits disconnects after one in this many payments. */
  breaks: number;
  /** Maximum number of payments between two kills. */
  between: number;
  /** Timeout for the last payment, in seconds. */
  patience: number;
}

const FUNDS_SATS = 10_000_000;
const MAKERS = 4;
/** Kills stop once less than this share remains, so that a run ends. */
const LEFT_SHARE = 0.05;
const REPORT_MS = 15_000;
/** Time after which a kill happens without payments, such as when all remaining ones are waiting. */
const PROGRESS_MS = 30_000;

/** @returns whether LNbits' own records show that each worker was paid exactly once, and the books agree. */
export async function crashPayments(options: CrashOptions): Promise<boolean> {
  say('Starting LNbits and an instance.');
  const lnbits = await startLnbits();
  const wallets = await startWallets(lnbits, options.breaks);
  const instance = await startTemporaryInstance({ WEBHOOKS_ALLOW_PRIVATE: '1' });
  let isIntact = false;
  try {
    isIntact = await run({ instance, lnbits, wallets, options });
    return isIntact;
  } finally {
    wallets.stop();
    await lnbits.stop();
    if (isIntact) await instance.stop();
    else say(`What the instance left behind, with its logs, stays in ${instance.dataDir}.`);
  }
}

interface Parts {
  instance: TemporaryInstance;
  lnbits: Lnbits;
  wallets: Wallets;
  options: CrashOptions;
}

async function run(parts: Parts): Promise<boolean> {
  const { instance, lnbits, wallets } = parts;
  const payer = await lnbits.newWallet('Payer');
  await lnbits.topUp(payer, FUNDS_SATS);
  const owed = await oweAll(parts, payer);
  say(`${owed.length} payouts are owed. The kills begin.`);
  await killUntilFewAreLeft(parts);
  const left = await waitForAll(parts);
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

/** Sets up the rail, and creates one payout per worker, with amounts that identify them. */
function oweAll(
  { instance, wallets, options }: Parts,
  { adminKey }: LnbitsWallet,
): Promise<OwedPayout[]> {
  env.APP_SECRET = readFileSync(join(instance.dataDir, 'secret'), 'utf8').trim();
  return onDatabase(instance, async () => {
    await addRail('lnbits', { url: wallets.url, adminKey });
    const organization = await createOrganization({ funds: BigInt(FUNDS_SATS) });
    const owed: OwedPayout[] = [];
    const numbers = Array.from({ length: options.payouts }, (_, n) => n).values();
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

/**
 * Kills each part in turn, after a few payments since the last kill, at random moments; once, the
 * launcher.
 */
async function killUntilFewAreLeft(parts: Parts): Promise<void> {
  const { instance, options } = parts;
  for (let kill = 0; ; kill++) {
    const left = await progress(parts);
    if (left !== null && left < options.payouts * LEFT_SHARE) return;
    say(`${left ?? '?'} payouts are open.`);
    if (kill === 4) {
      say('kill -9: the launcher; then npm start');
      await killLauncher(instance);
      continue;
    }
    const victim = VICTIMS[kill % VICTIMS.length] ?? 'app';
    await killPart(instance, victim);
    say(`kill -9: ${victim}`);
  }
}

/** Waits for a few payments, and returns the number of open payouts; null if it cannot be determined. */
async function progress({ instance, wallets, options }: Parts): Promise<number | null> {
  const next = wallets.counts.paid + Math.ceil(Math.random() * options.between);
  const deadline = performance.now() + PROGRESS_MS;
  while (wallets.counts.paid < next && performance.now() < deadline) await sleep(20);
  return countOpen(instance).catch(() => null);
}

async function waitForAll({ instance, options }: Parts): Promise<number> {
  const deadline = performance.now() + options.patience * 1_000;
  for (;;) {
    const left = await countOpen(instance).catch(() => null);
    if (left === 0 || performance.now() > deadline) return left ?? options.payouts;
    say(`${left ?? '?'} payouts are open.`);
    await sleep(REPORT_MS);
  }
}
