import { searchDocs } from '@/server/docs/search';

/** The best matches in the documentation for `?q=`, as `{ hits }`. */
export async function GET(request: Request) {
  const query = new URL(request.url).searchParams.get('q') ?? '';
  return Response.json(
    { hits: await searchDocs(query) },
    { headers: { 'Cache-Control': 'public, max-age=300' } },
  );
}
