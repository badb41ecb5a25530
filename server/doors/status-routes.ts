import { checkReadiness } from '@/server/platform/readiness';
import { receiptKeys } from '@/server/platform/receipt-signature';
import { openRoute } from '@/server/transport/rest';

/** Says that this process answers requests; nothing more. */
export const healthRoute = openRoute(() => ({ status: 200, body: { status: 'ok' } }));

/** 200 where this process can do its work, else 503 with what is missing. */
export const readyRoute = openRoute(async () => {
  const { ready, checks } = await checkReadiness();
  return { status: ready ? 200 : 503, body: { status: ready ? 'ready' : 'not_ready', checks } };
});

/** The public keys by which this instance's receipts are checked, without asking it again. */
export const receiptKeysRoute = openRoute(async () => ({
  status: 200,
  body: { keys: await receiptKeys() },
}));
