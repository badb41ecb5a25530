import type { RequestOptions, Transport } from '../transport.js';
import type { AdvancedTestClock, TestClock } from '../types/account.js';
import { fromWire } from '../wire-case.js';

/** Extra timeout of one advance, on top of an attempt's. */
const ADVANCE_MS = 60_000;

/** Rehearsals, with a test key. */
export class TestMode {
  readonly clock: TestClocks;

  constructor(transport: Transport) {
    this.clock = new TestClocks(transport);
  }
}

/** The clock of your organization's test mode. Live mode and other organizations have their own time. */
export class TestClocks {
  constructor(private readonly transport: Transport) {}

  async get(options?: RequestOptions): Promise<TestClock> {
    return fromWire(await this.transport.request({ method: 'GET', path: '/test/clock', options }));
  }

  /**
   * Advances the clock by these seconds and runs what becomes due in test mode, in order. The first call stops
   * the clock: from then on time passes only by this call, until `reset`. Large steps take
   * several requests.
   */
  async advance(
    { seconds }: { seconds: number },
    options?: Omit<RequestOptions, 'idempotencyKey'>,
  ): Promise<AdvancedTestClock> {
    let whole: AdvancedTestClock | undefined;
    for (let left = seconds; ; left = whole.remainingSeconds) {
      const part = await this.#advanceOnce(left, options);
      whole = whole
        ? {
            ...part,
            advancedSeconds: whole.advancedSeconds + part.advancedSeconds,
            happened: [...whole.happened, ...part.happened],
            hasMore: whole.hasMore || part.hasMore,
          }
        : part;
      if (part.done) return whole;
    }
  }

  async #advanceOnce(seconds: number, options?: RequestOptions): Promise<AdvancedTestClock> {
    const patience = options?.timeoutMs ?? this.transport.timeoutMs;
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: '/test/clock/advance',
        body: { seconds },
        options: { ...options, timeoutMs: patience + ADVANCE_MS },
      }),
    );
  }

  /**
   * Ends a rehearsal: test mode returns to real time, and the scripted workers' records are
   * reset, so that the next rehearsal starts the same way.
   */
  async reset(options?: RequestOptions): Promise<TestClock> {
    return fromWire(
      await this.transport.request({ method: 'DELETE', path: '/test/clock', options }),
    );
  }
}
