/** A text that changes with the product's version only, so that caches may keep it for a while. */
export function textResponse(text: string, type: 'text/plain' | 'text/markdown'): Response {
  return new Response(text, {
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'Cache-Control': 'public, max-age=300',
      // Who takes Markdown is given it at a page's own address, where others are given the page.
      Vary: 'Accept',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
