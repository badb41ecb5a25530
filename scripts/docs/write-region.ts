const END = '{/* end */}';

/**
 * Replaces the text between a region's markers: `{/* generated: NAME *\/}` and `{/* end *\/}`, each
 * on a line of its own.
 * @throws Error if the page lacks one of them.
 */
export function writeRegion(page: string, name: string, text: string): string {
  const start = `{/* generated: ${name} */}\n`;
  const from = page.indexOf(start);
  const to = page.indexOf(`\n${END}`, from);
  if (from < 0 || to < 0) throw new Error(`There is no "${start.trim()}" … "${END}".`);
  return `${page.slice(0, from + start.length)}\n${text.trim()}\n${page.slice(to)}`;
}
