export const dynamic = 'force-dynamic';

/** Answers nothing: what a request costs Next itself, for `bench/api.ts` to measure beside. */
export function GET(): Response {
  return new Response(null, { status: 204 });
}
