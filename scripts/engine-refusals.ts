import { parseArgs } from 'node:util';
import {
  differingRefusals,
  observeRefusals,
  readRefusals,
  recordRefusals,
} from '@/server/embedded/engine/suite/refusals';

/**
 * Sends the table of invalid events, registrations and responses to an Inngest server that retries
 * after one second, and compares its verdicts with the recorded ones: `npm run engine:refusals --
 * --engine URL`. `--record` records them instead.
 */
const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'http://127.0.0.1:8288' },
    'event-key': { type: 'string' },
    'signing-key': { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});

/** A real server is slow to end a wait. */
const WATCH_MS = 120_000;

async function main(): Promise<boolean> {
  const engine = {
    url: values.engine,
    eventKey: values['event-key'],
    signingKey: values['signing-key'],
  };
  console.log(`Asking ${engine.url}; this takes some minutes.`);
  const refusals = await observeRefusals(engine, { watchMs: WATCH_MS });
  const count = Object.values(refusals).flatMap(Object.keys).length;
  if (values.record) {
    recordRefusals(refusals);
    console.log(`${count} verdicts recorded`);
    return true;
  }
  const differences = differingRefusals(readRefusals(), refusals);
  for (const difference of differences) console.log(difference);
  console.log(`${count - differences.length} of ${count} verdicts as recorded`);
  return differences.length === 0;
}

main().then(
  (same) => process.exit(same ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
