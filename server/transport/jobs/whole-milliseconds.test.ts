import { Inngest } from 'inngest';
import { describe, expect, it } from 'vitest';
import { WholeMilliseconds } from './whole-milliseconds';

async function sentBy(events: { name: string; ts?: number }[]) {
  const bodies: unknown[] = [];
  const client = new Inngest({
    id: 'whole-milliseconds',
    isDev: true,
    middleware: [WholeMilliseconds],
    fetch: async (_url, init) => {
      bodies.push(JSON.parse(String(init?.body)));
      return Response.json({ ids: events.map((_, index) => String(index)), status: 200 });
    },
  });
  await client.send(events);
  return bodies.flat() as { name: string; ts: number }[];
}

describe('due times of events', () => {
  it('leave as whole milliseconds, since Inngest refuses a fraction', async () => {
    const due = [1_795_455_349_688.25, 1_795_455_349_688, 1_795_455_349_687.5];
    const sent = await sentBy(due.map((ts) => ({ name: 'task/due', ts })));
    expect(sent.map((event) => event.ts)).toEqual([
      1_795_455_349_689, 1_795_455_349_688, 1_795_455_349_688,
    ]);
  });

  it('are the time of sending for an event that names none', async () => {
    const before = Date.now();
    const [event] = await sentBy([{ name: 'task/now' }]);
    expect(Number.isInteger(event?.ts)).toBe(true);
    expect(event?.ts).toBeGreaterThanOrEqual(before);
  });
});
