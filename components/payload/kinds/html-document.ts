/** Parts that run, load, or lead away by themselves. */
const REMOVED =
  'script, iframe, frame, object, embed, applet, link, meta, base, form, audio, video, source, track, portal, template, noscript';
const SAFE_LINK = /^(https?:|mailto:)/i;
/** The frame may load nothing: pictures are put into it as data once the worker asks for them. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
const BASE_STYLE =
  'body{margin:12px;background:#fff;color:#111;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}';

interface SafeDocument {
  /** For a frame's `srcdoc`. */
  html: string;
  /** Addresses of pictures that it would load from elsewhere. */
  remote: string[];
}

/**
 * A customer's HTML, such as an e-mail, as a document that runs nothing and loads nothing. It is
 * shown in a sandboxed frame as well; this is the second lock.
 * @param pictures loaded pictures as `data:` URLs, by address.
 * @param nonce lets the document's style sheets through the page's security policy.
 */
export function safeDocument(
  source: string,
  pictures: Readonly<Record<string, string>>,
  nonce: string | undefined,
): SafeDocument {
  const document = new DOMParser().parseFromString(source, 'text/html');
  for (const element of document.querySelectorAll(REMOVED)) element.remove();
  const remote = new Set<string>();
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (!isKept(element, name.toLowerCase(), value)) element.removeAttribute(name);
    }
    if (element.localName === 'img') placePicture(element, pictures, remote);
    if (element.localName === 'a') openElsewhere(element);
    const style = element.getAttribute('style');
    if (style !== null) element.setAttribute('style', withoutAddresses(style));
    if (element.localName === 'style') {
      element.textContent = withoutAddresses(element.textContent ?? '');
      if (nonce) element.setAttribute('nonce', nonce);
    }
  }
  const style = document.createElement('style');
  style.textContent = BASE_STYLE;
  if (nonce) style.setAttribute('nonce', nonce);
  const policy = document.createElement('meta');
  policy.setAttribute('http-equiv', 'Content-Security-Policy');
  policy.setAttribute('content', POLICY);
  document.head.prepend(policy, style);
  return { html: `<!doctype html>${document.documentElement.outerHTML}`, remote: [...remote] };
}

/** Style rules without what they would load; the frame's policy would refuse it anyway. */
function withoutAddresses(style: string): string {
  return style
    .replaceAll(/@import[^;]*(;|$)/gi, '')
    .replaceAll(/url\([^)]*\)/gi, (address) =>
      /^url\(\s*["']?data:/i.test(address) ? address : 'none',
    );
}

const ADDRESSES = new Set(['href', 'src', 'srcset', 'background', 'poster', 'action', 'ping']);

function isKept(element: Element, name: string, value: string): boolean {
  if (name.startsWith('on') || name === 'nonce' || name === 'http-equiv') return false;
  if (name === 'href') return element.localName === 'a' && SAFE_LINK.test(value.trim());
  if (name === 'src') return element.localName === 'img';
  return !ADDRESSES.has(name) && !name.endsWith(':href');
}

function placePicture(
  image: Element,
  pictures: Readonly<Record<string, string>>,
  remote: Set<string>,
): void {
  const address = image.getAttribute('src') ?? '';
  if (/^data:image\//i.test(address)) return;
  image.removeAttribute('src');
  if (!/^https?:\/\//i.test(address)) return;
  const loaded = Object.hasOwn(pictures, address) ? pictures[address] : undefined;
  if (loaded !== undefined) {
    image.setAttribute('src', loaded);
    return;
  }
  remote.add(address);
  const alt = image.getAttribute('alt');
  const words = image.ownerDocument.createElement('span');
  words.textContent = alt ? `[Image: ${alt}]` : '[Image]';
  image.replaceWith(words);
}

/** A link opens in a tab of its own, and says where it leads. */
function openElsewhere(link: Element): void {
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer nofollow');
  const address = link.getAttribute('href');
  if (address) link.setAttribute('title', address);
}
