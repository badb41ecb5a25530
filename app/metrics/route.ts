import { readMetrics } from '@/server/platform/metrics';

export const dynamic = 'force-dynamic';

/** This process in Prometheus's text format. */
export async function GET(): Promise<Response> {
  return new Response(await readMetrics(), {
    headers: {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
      'Cache-Control': 'no-store',
    },
  });
}
