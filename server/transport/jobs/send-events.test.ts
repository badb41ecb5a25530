import { Inngest } from 'inngest';
import { afterEach, expect, it, vi } from 'vitest';
import { EngineUnavailable } from '@/server/platform/outbox';
import { sendEvents } from './send-events';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('gives up in time where fetch lost the request, so that the outbox goes on', async () => {
  vi.useFakeTimers();
  // Node's fetch may never settle when the engine is killed, despite its signal.
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  const client = new Inngest({ id: 'app', baseUrl: 'http://127.0.0.1:9', eventKey: 'key' });
  const sending = sendEvents(client, [{ id: 'e1', name: 'task/route', data: {} }]);
  const refused = expect(sending).rejects.toThrow(EngineUnavailable);
  await vi.advanceTimersByTimeAsync(15_000);
  await refused;
});
