import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { identify, isRunning } from './process-identity';

it('tells a process from a later one with the same number', () => {
  const self = identify(process.pid);
  expect(self?.parent).toBe(process.ppid);
  expect(isRunning({ pid: process.pid, began: self?.began ?? '', parent: 0 })).toBe(true);
  expect(isRunning({ pid: process.pid, began: 'another time', parent: 0 })).toBe(false);
});

it('takes a process that has ended for gone', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  await once(child, 'spawn');
  const identity = identify(child.pid ?? 0);
  expect(identity && isRunning(identity)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(identity && isRunning(identity)).toBe(false);
});
