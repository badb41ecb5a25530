/**
 * The target of a request line, in a form Next can read. What Next cannot read, it answers with a
 * bare 500 (escapes that are not UTF-8) or a redirect (doubled slashes, whole URLs); the API promises
 * neither. So such a target is mended before Next sees it, and then means what it says or is not
 * found.
 * @param {string | undefined} target path and query, or a whole URL as proxies are sent it
 * @returns {{ url: string, host?: string } | null} `host` where the target names one, which then
 * counts instead of the `Host` header; null for anything else
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
