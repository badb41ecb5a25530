import { checkReadiness } from '@/server/platform/readiness';
import { openRoute } from '@/server/transport/rest';

/** 200 where this process can do its work, else 503 with what is missing. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = openRoute(async () => {
  const { ready, checks } = await checkReadiness();
  return { status: ready ? 200 : 503, body: { status: ready ? 'ready' : 'not_ready', checks } };
});
