import { afterEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/server/testing/database';
import { eventOf, relayWith } from '@/server/testing/outbox-relay';
import { db, transaction } from '../db';
import { enqueue } from './index';

useTestDatabase();

afterEach(() => db.outboxRow.deleteMany());

const write = (key: string) =>
  transaction((tx) => enqueue(tx, [{ topic: 'task.created', key, data: { n: key } }]));

describe('the loop', () => {
  it('many kicks make one look, and a kick during a look is not lost', async () => {
    await write('a');
    let looks = 0;
    let writeMore: (() => Promise<void>) | null = () => write('b');
    const { relay, published } = relayWith(async (rows) => {
      looks += 1;
      const more = writeMore;
      writeMore = null;
      if (more) {
        await more();
        relay.kick();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return rows.map(eventOf);
    });
    for (let i = 0; i < 50; i++) relay.kick();
    await expect.poll(() => published).toEqual(['a', 'b']);
    expect(looks).toBe(2);
    await relay.stop();
  });

  it('finds within two seconds what no kick told of', async () => {
    const { relay, published } = relayWith();
    relay.start();
    await write('a');
    await expect.poll(() => published, { timeout: 3_000 }).toEqual(['a']);
    await relay.stop();
  });

  it('tells a row that was put off when it is due, though nobody writes another one', async () => {
    let isRefused = true;
    const { relay, published } = relayWith(async (rows) => {
      if (isRefused) throw new Error('not yet');
      return rows.map(eventOf);
    });
    relay.start();
    await write('a');
    relay.kick();
    await expect.poll(() => db.outboxRow.count({ where: { attempts: 1 } })).toBe(1);
    const { availableAt } = await db.outboxRow.findFirstOrThrow();
    isRefused = false;
    await expect.poll(() => published, { timeout: 4_000 }).toEqual(['a']);
    expect(Date.now() - availableAt.getTime()).toBeLessThan(2_500);
    await relay.stop();
  });
});
