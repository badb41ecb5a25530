/** A text that only changes with the product's version, so that caches may keep it for a while. */
export function textResponse(text: string, type: 'text/plain' | 'text/markdown'): Response {
  return new Response(text, {
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'Cache-Control': 'public, max-age=300',
      // Clients that accept Markdown get it at the page's own address.
      Vary: 'Accept',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
