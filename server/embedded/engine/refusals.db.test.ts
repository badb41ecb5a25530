import { expect, inject, test } from 'vitest';
import { differingRefusals, observeRefusals, readRefusals } from './suite/refusals';
import { TestBed } from './suite/test-bed';

/**
 * Whatever the embedded engine accepts, Inngest accepts: otherwise an app that works here would
 * break there. The verdicts were recorded from a real server.
 */
test('refuses every event, registration and reply that a real server refuses', async () => {
  const bed = new TestBed(inject('adminUrl'));
  try {
    // Without keys, as a development server: the table tests content, not authentication.
    const engine = await bed.engine({ retryIntervalMs: 1_000, keys: undefined });
    const wanted = readRefusals();
    const seen = await observeRefusals(engine, { watchMs: 30_000, wanted });
    expect(differingRefusals(wanted, seen)).toEqual([]);
  } finally {
    await bed.close();
  }
}, 120_000);
