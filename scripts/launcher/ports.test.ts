import { createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { becomesFree } from './ports';

const HOSTS = ['127.0.0.1'];
const server = createServer();
afterEach(() => new Promise((resolve) => server.close(resolve)));

it('a port that is given up in time is free, one that is held is not', async () => {
  const port = await new Promise<number>((resolve) => {
    server.listen(0, HOSTS[0], () => resolve((server.address() as { port: number }).port));
  });
  expect(await becomesFree(port, HOSTS, 0)).toBe(false);
  expect(await becomesFree(port, HOSTS, 150)).toBe(false);
  setTimeout(() => server.close(), 300);
  expect(await becomesFree(port, HOSTS, 30_000)).toBe(true);
});
