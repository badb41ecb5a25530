import { parseArgs } from 'node:util';
import { positiveNumbers } from './crash/options';
import { crashPayments } from './crash/payments/run';

/**
 * Kills processes while workers are paid over Lightning: `npm run crash:payments`. A real LNbits
 * pays workers on real invoices, and disconnects after paying one in five, while `kill -9` hits the
 * engine, the app and Postgres in turn and once the launcher. At the end, LNbits' own records must
 * show one payment to each worker. Exits 1 if any check fails.
 */
const { values } = parseArgs({
  options: {
    payouts: { type: 'string', default: '1000' },
    /** LNbits disconnects after one in this many payments. */
    breaks: { type: 'string', default: '5' },
    /** Maximum number of payments between two kills. */
    between: { type: 'string', default: '40' },
    /** Timeout for the last payment, in seconds. */
    patience: { type: 'string', default: '1800' },
  },
});
process.exit((await crashPayments(positiveNumbers(values))) ? 0 : 1);
