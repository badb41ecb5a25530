/**
 * The address a request comes from. The server notes the connection's own where no proxy told one;
 * a proxy in front must overwrite what a client claims, as all do by default.
 */
export function networkOf(headers: Headers): string | null {
  return headers.get('x-forwarded-for')?.split(',')[0]?.trim() || null;
}
