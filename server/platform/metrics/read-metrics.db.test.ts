import { expect, it } from 'vitest';
import { forgetAllRemembered } from '@/server/platform/remembered';
import { useTestDatabase } from '@/server/testing/database';
import { requestNoter } from './instruments';
import { gauge, readMetrics, setProductMetrics } from './read-metrics';

useTestDatabase();

it('counts an answer once, by class of its status, and puts its time into the histogram', async () => {
  const note = requestNoter('tests.read');
  note(200, 3);
  note(204, 30);
  note(404, 3);
  const { text } = await readMetrics();
  expect(text).toContain('humanrail_requests_total{operation="tests.read",status="2xx"} 2\n');
  expect(text).toContain('humanrail_requests_total{operation="tests.read",status="4xx"} 1\n');
  expect(text).toContain(
    'humanrail_request_duration_seconds_bucket{le="0.005",operation="tests.read"} 2\n',
  );
  expect(text).toContain('humanrail_request_duration_seconds_count{operation="tests.read"} 3\n');
  expect(text).toMatch(/process_resident_memory_bytes \d{7}/);
});

it('measures the database once for scrapes that come within five seconds of each other', async () => {
  let asked = 0;
  forgetAllRemembered();
  setProductMetrics(async () => [gauge('tested_asked', 'Times that it was measured.', ++asked)]);
  await readMetrics();
  const [first] = await Promise.all([readMetrics(), readMetrics()]);
  expect(asked).toBe(1);
  expect(first?.text).toContain('tested_asked 1\n');
});
