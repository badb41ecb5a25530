import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from './failure';

const PATIENCE_MS = 60_000;

/**
 * Has the app tell the engine which background functions there are. Tried again until it succeeds,
 * since either of the two may still be starting.
 * @throws StartError with the app's answer after a minute without success.
 */
export async function registerFunctions(
  appUrl: string,
  signingKey: string | undefined,
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  let problem = '';
  while (performance.now() < deadline) {
    try {
      const response = await fetch(`${appUrl}/api/inngest`, {
        method: 'PUT',
        headers: signingKey ? { 'x-inngest-signature': emptySignature(signingKey) } : {},
        signal: AbortSignal.timeout(15_000),
      });
      if (response.ok) return;
      problem = `${response.status} ${(await response.text()).slice(0, 300)}`;
    } catch (error) {
      problem = (error as Error).message;
    }
    await sleep(500);
  }
  throw new StartError(`The background functions could not be registered: ${problem}`);
}

/** The signature of an empty body, as Inngest makes it. */
function emptySignature(signingKey: string): string {
  const seconds = String(Math.floor(Date.now() / 1_000));
  const key = signingKey.replace(/^signkey-\w+-/, '');
  return `t=${seconds}&s=${createHmac('sha256', key).update(seconds).digest('hex')}`;
}
