import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { whileKeyCounts } from './while-key-counts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function openStream(checkKey: () => Promise<unknown>) {
  const onCancel = vi.fn();
  const endless = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array([1])),
    cancel: onCancel,
  });
  return { reader: whileKeyCounts(endless, checkKey).getReader(), onCancel };
}

test('a stream ends within five seconds of its key, whichever bundle of the app checks keys', async () => {
  vi.resetModules();
  const { Unauthenticated } = await import('@/server/platform/errors');
  let isRevoked = false;
  const { reader, onCancel } = openStream(async () => {
    if (isRevoked) throw new Unauthenticated('revoked_api_key', 'This API key was revoked.');
  });
  expect(await reader.read()).toEqual({ done: false, value: new Uint8Array([1]) });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(onCancel).not.toHaveBeenCalled();
  isRevoked = true;
  await vi.advanceTimersByTimeAsync(2_500);
  expect(await reader.read()).toEqual({ done: true, value: undefined });
  expect(onCancel).toHaveBeenCalledOnce();
});

test('a stream outlives a failure to look at its key', async () => {
  const { onCancel } = openStream(() => Promise.reject(new Error('The database is silent.')));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(onCancel).not.toHaveBeenCalled();
});
