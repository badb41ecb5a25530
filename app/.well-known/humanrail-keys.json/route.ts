import { receiptKeys } from '@/server/platform/receipt-signature';
import { openRoute } from '@/server/transport/rest';

/** The public keys by which this instance's receipts are checked, without asking it again. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = openRoute(async () => ({
  status: 200,
  body: { keys: await receiptKeys() },
}));
