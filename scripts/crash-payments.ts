import { parseArgs } from 'node:util';
import { positiveNumbers } from './crash/options';
import { crashPayments } from './crash/payments/run';

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
    /** Payments between two kills, at the most. */
    between: { type: 'string', default: '40' },
    /** Seconds to wait for the last payment. */
    patience: { type: 'string', default: '1800' },
  },
});
process.exit((await crashPayments(positiveNumbers(values))) ? 0 : 1);
