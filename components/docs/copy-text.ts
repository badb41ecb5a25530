/** What a copy came to, in words. */
export const COPY_WORDS = { copied: 'Copied', refused: 'Not allowed here' };

/** Puts a text on the clipboard. Browsers give none to pages without https, other than on this machine. */
export async function copyText(text: string): Promise<keyof typeof COPY_WORDS> {
  if (!navigator.clipboard) return 'refused';
  return navigator.clipboard.writeText(text).then(
    () => 'copied',
    () => 'refused',
  );
}
