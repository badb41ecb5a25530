import { describe, expect, it } from 'vitest';
import { noticesOf } from './outbox-table';

describe('live notices', () => {
  it('fit what Postgres carries, and lose nothing', () => {
    const events = Array.from({ length: 500 }, (_, i) => ({
      type: 'task.created',
      taskId: `é${i}`,
    }));
    const notices = noticesOf(events);
    expect(notices.length).toBeGreaterThan(1);
    for (const notice of notices) expect(Buffer.byteLength(notice)).toBeLessThan(8_000);
    expect(notices.flatMap((notice) => JSON.parse(notice))).toEqual(events);
    expect(noticesOf([])).toEqual([]);
  });
});
