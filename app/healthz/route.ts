import { openRoute } from '@/server/transport/rest';

/** Says that this process answers requests; nothing more. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = openRoute(() => ({
  status: 200,
  body: { status: 'ok' },
}));
