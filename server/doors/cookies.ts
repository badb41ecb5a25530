/**
 * Parses a request's cookies. The last one of a name wins; undecodable values count as absent.
 * @returns a function that returns a cookie's decoded value by name
 */
export function cookiesOf(headers: Headers): (name: string) => string | undefined {
  let jar: Map<string, string> | undefined;
  return (name) => {
    jar ??= parse(headers.get('cookie') ?? '');
    return jar.get(name);
  };
}

function parse(header: string): Map<string, string> {
  const jar = new Map<string, string>();
  for (const pair of header.split(/; */)) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    try {
      jar.set(pair.slice(0, at), decodeURIComponent(pair.slice(at + 1)));
    } catch {
      // Not ours: our own values are encoded.
    }
  }
  return jar;
}
