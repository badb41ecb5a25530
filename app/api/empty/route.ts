export const dynamic = 'force-dynamic';

/** An empty response: Next's own cost per request, as a floor for `bench/api.ts`. */
export function GET(): Response {
  return new Response(null, { status: 204 });
}
