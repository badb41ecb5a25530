import { expect, test, vi } from 'vitest';

test('work stopped by a pool that another bundle of the app made is known as such', async () => {
  const first = await import('./errors');
  vi.resetModules();
  const second = await import('./index');
  const stopped = new first.TooCostly();
  expect((await import('./errors')).TooCostly).not.toBe(first.TooCostly);
  const work = Promise.reject<string>(stopped);
  await expect(second.unlessTooCostly(work, () => 'refused')).resolves.toBe('refused');
  const other = Promise.reject<string>(new Error('broken'));
  await expect(second.unlessTooCostly(other, () => 'refused')).rejects.toThrow('broken');
});
