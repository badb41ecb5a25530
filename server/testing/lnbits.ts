import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type LnbitsEnvironment, lnbitsEnvironment } from './lnbits-environment';

const START_MS_MAX = 120_000;
/** The end of its output is kept, for the error if it does not start. */
const WORDS_MAX = 4_000;

export interface LnbitsWallet {
  id: string;
  name: string;
  /** May pay and read. */
  adminKey: string;
  /** May create invoices and read. */
  invoiceKey: string;
}

/** A payment as recorded by LNbits. */
export interface LnbitsPayment {
  paymentHash: string;
  bolt11: string;
  /** Negative if the wallet paid. */
  amountMsats: number;
  /** Zero or less. */
  feeMsats: number;
  status: 'pending' | 'success' | 'failed';
  preimage: string | null;
}

export interface Lnbits {
  url: string;
  newWallet(name: string): Promise<LnbitsWallet>;
  /** Credits a wallet from nothing. */
  topUp(wallet: LnbitsWallet, sats: number): Promise<void>;
  /** In sats. */
  balanceOf(wallet: LnbitsWallet): Promise<number>;
  /** All payments, newest first. */
  paymentsOf(wallet: LnbitsWallet): Promise<LnbitsPayment[]>;
  /** A BOLT11 invoice paid into the wallet. */
  invoice(wallet: LnbitsWallet, sats: number): Promise<string>;
  /**
   * Pays an invoice.
   * @returns the preimage.
   * @throws Error with LNbits' message if it does not pay.
   */
  pay(wallet: LnbitsWallet, bolt11: string): Promise<string>;
  /**
   * Claims the full amount of an LNURL-withdraw, like LNbits' own page.
   * @returns the sats requested.
   */
  withdraw(wallet: LnbitsWallet, lnurl: string): Promise<number>;
  /** Stops it and deletes its data, unless their folder was given. */
  stop(): Promise<void>;
}

/**
 * Starts a real LNbits on this machine. Its FakeWallet creates real BOLT11 invoices and settles
 * them between its own wallets, without any network.
 * @param options.dataFolder stores its data; a temporary folder by default.
 * @throws LnbitsUnavailable if this machine cannot run it.
 */
export async function startLnbits(
  options: { port?: number; dataFolder?: string } = {},
): Promise<Lnbits> {
  const environment = await lnbitsEnvironment();
  const port = options.port ?? (await freePort());
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'humanrail-lnbits-'));
  const url = `http://127.0.0.1:${port}`;
  const program = launch(environment, port, dataFolder);
  const stop = async () => {
    await end(program);
    if (!options.dataFolder) rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    await untilHealthy(url, program);
    return { ...walletsOf(url, await superuserToken(url)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function launch({ python, folder }: LnbitsEnvironment, port: number, dataFolder: string) {
  // Its own launcher creates these, but stays running next to a child that outlives it.
  for (const name of ['data/logs', 'extensions', 'data/wasm_extensions']) {
    mkdirSync(join(dataFolder, name), { recursive: true });
  }
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    LNBITS_BACKEND_WALLET_CLASS: 'FakeWallet',
    LNBITS_DATA_FOLDER: join(dataFolder, 'data'),
    LNBITS_EXTENSIONS_PATH: dataFolder,
    LNBITS_EXTENSIONS_DEFAULT_INSTALL: '',
    LNBITS_EXTENSIONS_DEACTIVATE_ALL: 'true',
    LNBITS_ADMIN_UI: 'true',
    LNBITS_RATE_LIMIT_NO: '1000000',
    // Otherwise it queries nine services for the dollar rate with every payment, blocking all other
    // requests.
    LNBITS_PRICE_AGGREGATOR_ENABLED: 'false',
    LNBITS_EXCHANGE_RATE_PROVIDERS: '[]',
    // Otherwise it calls no private address; LNURL has a setting of its own.
    LNBITS_CALLBACK_URL_RULES: '',
    LNBITS_LNURL_ALLOW_PRIVATE_IPS: 'true',
    FAKE_WALLET_SECRET: 'ToTheMoon1',
    AUTH_SECRET_KEY: randomBytes(32).toString('hex'),
  };
  const args = ['-m', 'uvicorn', 'lnbits.__main__:app', '--host', '127.0.0.1', '--port', `${port}`];
  const child = spawn(python, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const program = { child, words: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      program.words = (program.words + chunk.toString()).slice(-WORDS_MAX);
    });
  }
  process.once('exit', () => child.kill('SIGKILL'));
  return program;
}

async function end({ child }: { child: ChildProcess }): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function untilHealthy(
  url: string,
  program: { child: ChildProcess; words: string },
): Promise<void> {
  const deadline = performance.now() + START_MS_MAX;
  while (performance.now() < deadline && program.child.exitCode === null) {
    const answer = await fetch(`${url}/api/v1/health`).catch(() => null);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`LNbits did not start:\n${program.words}`);
}

/** The superuser is created at the first start; afterwards it signs in. */
async function superuserToken(url: string): Promise<string> {
  const password = 'superuser-of-a-test';
  const who = { username: 'superuser', password };
  const first = await ask(`${url}/api/v1/auth/first_install`, {
    method: 'PUT',
    body: { ...who, password_repeat: password },
  }).catch(() => ask(`${url}/api/v1/auth`, { method: 'POST', body: who }));
  return z.object({ access_token: z.string() }).parse(first).access_token;
}

const Wallet = z
  .object({ id: z.string(), name: z.string(), adminkey: z.string(), inkey: z.string() })
  .transform(({ id, name, adminkey, inkey }) => ({
    ...{ id, name, adminKey: adminkey, invoiceKey: inkey },
  }));
const Payment = z
  .object({
    ...{ payment_hash: z.string(), bolt11: z.string(), amount: z.number(), fee: z.number() },
    ...{ status: z.enum(['pending', 'success', 'failed']), preimage: z.string().nullable() },
  })
  .transform(({ payment_hash, bolt11, amount, fee, status, preimage }) => ({
    ...{ paymentHash: payment_hash, bolt11, amountMsats: amount, feeMsats: fee, status, preimage },
  }));
const Withdraw = z.looseObject({ tag: z.literal('withdrawRequest'), maxWithdrawable: z.number() });
const PAGE = 1_000;

function walletsOf(url: string, token: string): Omit<Lnbits, 'stop'> {
  const payments = `${url}/api/v1/payments`;
  return {
    url,
    newWallet: async (name) =>
      Wallet.parse(await ask(`${url}/api/v1/account`, { method: 'POST', body: { name } })),
    async topUp({ id }, amount) {
      const headers = { authorization: `Bearer ${token}` };
      await ask(`${url}/users/api/v1/balance`, { method: 'PUT', headers, body: { id, amount } });
    },
    async balanceOf({ invoiceKey }) {
      const found = await ask(`${url}/api/v1/wallet`, { headers: { 'x-api-key': invoiceKey } });
      return z.object({ balance: z.number() }).parse(found).balance / 1_000;
    },
    async paymentsOf({ invoiceKey }) {
      const headers = { 'x-api-key': invoiceKey };
      const found: LnbitsPayment[] = [];
      for (;;) {
        const page = await ask(`${payments}?limit=${PAGE}&offset=${found.length}`, { headers });
        const rows = z.array(Payment).parse(page);
        found.push(...rows);
        if (rows.length < PAGE) return found;
      }
    },
    async invoice({ invoiceKey }, amount) {
      const headers = { 'x-api-key': invoiceKey };
      const body = { out: false, amount, unit: 'sat', memo: 'Test' };
      return Payment.parse(await ask(payments, { method: 'POST', headers, body })).bolt11;
    },
    async pay({ adminKey }, bolt11) {
      const headers = { 'x-api-key': adminKey };
      const body = { out: true, bolt11 };
      const { paymentHash } = Payment.parse(await ask(payments, { method: 'POST', headers, body }));
      const found = await ask(`${payments}/${paymentHash}`, { headers });
      return z.object({ preimage: z.string() }).parse(found).preimage;
    },
    async withdraw({ adminKey }, lnurl) {
      const headers = { 'x-api-key': adminKey };
      const offer = Withdraw.parse(await ask(`${url}/api/v1/lnurlscan/${lnurl}`, { headers }));
      const amount = offer.maxWithdrawable / 1_000;
      const body = { out: false, amount, unit: 'sat', memo: 'Refund', lnurl_withdraw: offer };
      const made = await ask(payments, { method: 'POST', headers, body });
      const { extra } = z.object({ extra: z.object({ lnurl_response: z.unknown() }) }).parse(made);
      if (extra.lnurl_response !== true) throw new Error(`LNbits: ${String(extra.lnurl_response)}`);
      return amount;
    },
  };
}

async function ask(
  url: string,
  call: { method?: string; headers?: Record<string, string>; body?: object },
): Promise<unknown> {
  const { method = 'GET', headers, body } = call;
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`LNbits, HTTP ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
