import { pageMarkdown } from '@/server/docs/llms';
import { findPage } from '@/server/docs/page-text';
import { textResponse } from '@/server/docs/text-response';

/** A page as Markdown: `/docs/<slug>.md` is rewritten to this. */
export async function GET(_request: Request, context: { params: Promise<{ slug: string[] }> }) {
  const page = await findPage((await context.params).slug.join('/'));
  if (page) return textResponse(pageMarkdown(page), 'text/markdown');
  return new Response('There is no such page; /llms.txt lists them.\n', {
    status: 404,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
