import { timingSafeEqualText } from '@/server/platform/crypto';
import { env } from '@/server/platform/env';
import { Unauthenticated } from '@/server/platform/errors';
import { isLoopback, isLoopbackOnly } from '@/server/platform/exposure';
import { readMetrics } from '@/server/platform/metrics';
import { clientAddress } from '@/server/transport/network';
import { openRoute } from '@/server/transport/rest';

/** 401: metrics are for operators only. */
class MetricsRefused extends Unauthenticated {
  constructor(message: string) {
    super('invalid_metrics_token', message, { headers: { 'WWW-Authenticate': 'Bearer' } });
  }
}

/**
 * Requires `METRICS_TOKEN`; without one, only allows this machine if nothing else is served.
 * Clients behind a trusted proxy are never this machine.
 * @throws MetricsRefused 401
 */
function assertReadsMetrics({ headers }: Request): void {
  const { METRICS_TOKEN: token } = env;
  if (!token) {
    const address = clientAddress(headers);
    if (isLoopbackOnly(env) && (address === '' || isLoopback(address))) return;
    throw new MetricsRefused(
      'Set METRICS_TOKEN to read metrics of an instance that is reachable from other machines.',
    );
  }
  const given = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (given === undefined || !timingSafeEqualText(given, token)) {
    throw new MetricsRefused('Send the instance’s METRICS_TOKEN as "Authorization: Bearer …".');
  }
}

/** This process's metrics in Prometheus's text format. */
export const metricsRoute = openRoute(async (request) => {
  assertReadsMetrics(request);
  const { text, contentType } = await readMetrics();
  return new Response(text, { headers: { 'Content-Type': contentType } });
});
