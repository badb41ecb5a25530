import { LnbitsUnavailable, lnbitsEnvironment } from '@/server/testing/lnbits-environment';
import type { Outcome } from './outcome';
import { runVitest } from './runners';

/** Runs the suites that need a real LNbits; skipped if this machine cannot run one. */
export async function runLnbits(): Promise<Outcome> {
  try {
    await lnbitsEnvironment();
  } catch (error) {
    if (!(error instanceof LnbitsUnavailable)) throw error;
    return { passed: 0, failed: 0, skipped: 0, leftOut: error.reason };
  }
  return runVitest('lnbits', ['--project', 'lnbits'], { atTheEnd: true });
}
