/** What browsers and the bundler say where a part of the page is no longer on the server. */
const GONE =
  /ChunkLoadError|Loading (CSS )?chunk|Failed to load chunk|dynamically imported module|Importing a module script failed|Failed to find Server Action/i;

/** True where a page fails because a newer version of the product has taken its parts' place. */
export function isStalePage(error: { name?: string; message?: string }): boolean {
  return GONE.test(`${error.name ?? ''} ${error.message ?? ''}`);
}
