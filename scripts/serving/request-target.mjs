/**
 * Normalizes the target of a request line to a form Next can parse. Otherwise Next responds with a
 * bare 500 (escapes that are not UTF-8) or a redirect (doubled slashes, absolute URLs); the API
 * promises neither.
 * @param {string | undefined} target path and query, or an absolute URL as sent to proxies
 * @returns {{ url: string, host?: string } | null} `host` if the target contains one, which then
 * replaces the `Host` header; null for anything else
 */
export function readTarget(target = '') {
  if (target.startsWith('/')) return { url: readablePath(target) };
  const whole = /^https?:\/\/([^/?#]*)(.*)$/is.exec(target);
  if (!whole) return null;
  const [, host = '', rest = ''] = whole;
  return { host, url: readablePath(rest.startsWith('/') ? rest : `/${rest}`) };
}

/** @param {string} url */
function readablePath(url) {
  const end = url.search(/[?#]/);
  const path = end === -1 ? url : url.slice(0, end);
  const mended = mendEscapes(path).replace(/[\\/]+/g, '/');
  return end === -1 ? mended : mended + url.slice(end);
}

/** @param {string} path */
function mendEscapes(path) {
  if (!path.includes('%')) return path;
  try {
    decodeURIComponent(path);
    return path;
  } catch {
    return path.replaceAll('%', '%25');
  }
}
