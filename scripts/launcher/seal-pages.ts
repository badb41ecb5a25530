import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SCRIPT = /<script\b[^>]*>.*?<\/script>/gs;
/** A script element, or a preload hint, for a file of the build. */
const FETCHES = /<(?:script|link)\b[^>]*\b(?:src|href)="\/_next\/(static\/[^"?]+\.js)[^>]*>/g;
const HINT = /<link\b[^>]*\bas="script"[^>]*>/g;

/**
 * Adapts a prerendered page to its CSP: each script file gets its hash as `integrity`. A page
 * marked `data-bare` keeps only the first script, which is ours: it is complete without React. A
 * page marked `data-later` lists its script files without loading them: its own script loads them
 * when first needed.
 * @param integrityOf the hash of a file by its path under `.next`, such as `sha256-…`
 */
export function sealPage(html: string, integrityOf: (file: string) => string): string {
  if (/<\w+ [^>]*\bdata-bare\b/.test(html)) return withoutCode(html);
  const sealed = html.replace(FETCHES, (tag, file: string) =>
    tag.includes(' integrity=')
      ? tag
      : tag.replace(/^<\w+/, `$& integrity="${integrityOf(decodeURIComponent(file))}"`),
  );
  return /<\w+ [^>]*\bdata-later\b/.test(html) ? withLateCode(sealed) : sealed;
}

/** The page's own script loads these. Omits the part for old browsers, which never get such a page. */
function withLateCode(html: string): string {
  return html
    .replace(HINT, '')
    .replace(SCRIPT, (script) => (/^<script[^>]*\bnomodule\b/i.test(script) ? '' : script))
    .replace(/(<script\b[^>]*?) src="(\/_next\/[^"]+)"/g, '$1 type="text/plain" data-late="$2"');
}

function withoutCode(html: string): string {
  let isFirst = true;
  return html.replace(HINT, '').replace(SCRIPT, (script) => {
    if (!isFirst || /^<script[^>]*\bsrc=/.test(script)) return '';
    isFirst = false;
    return script;
  });
}

/** Seals every prerendered page of the build in `folder`, a `.next`. */
export function sealPages(folder: string): void {
  const known = new Map<string, string>();
  const integrityOf = (file: string) => {
    const hash = known.get(file) ?? sha256(readFileSync(join(folder, file)));
    known.set(file, hash);
    return hash;
  };
  const pages = join(folder, 'server/app');
  for (const file of readdirSync(pages, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.html')) continue;
    const path = join(pages, file);
    writeFileSync(path, sealPage(readFileSync(path, 'utf8'), integrityOf));
  }
}

function sha256(bytes: Buffer): string {
  return `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
}
