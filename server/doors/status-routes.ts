import { checkReadiness } from '@/server/platform/readiness';
import { receiptKeys } from '@/server/platform/receipt-signature';
import { openRoute } from '@/server/transport/rest';

/** Liveness: this process responds to requests. */
export const healthRoute = openRoute(() => ({ status: 200, body: { status: 'ok' } }));

/** Readiness: 200 if this process can work, else 503 with the failing checks. */
export const readyRoute = openRoute(async () => {
  const { ready, checks } = await checkReadiness();
  return { status: ready ? 200 : 503, body: { status: ready ? 'ready' : 'not_ready', checks } };
});

/** The public keys for verifying this instance's receipts offline. */
export const receiptKeysRoute = openRoute(async () => ({
  status: 200,
  body: { keys: await receiptKeys() },
}));
