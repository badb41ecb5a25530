/**
 * The address as Next can read it. What it cannot, it answers with a bare 500 (escapes that are no
 * UTF-8) or with a redirect (doubled slashes); the API promises neither, so such an address is mended
 * before Next sees it, and then means what it says or is not found.
 * @param {string | undefined} url path and query of a request
 */
export function readableAddress(url) {
  if (!url?.startsWith('/')) return url;
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
