/**
 * Reads the cookies that a request carries. Of several with one name the last counts; one whose value
 * is not readable counts as absent.
 * @returns a function that gives a cookie's decoded value by its name
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
      // Not of ours: what we set is encoded.
    }
  }
  return jar;
}
