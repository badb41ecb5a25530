/** What Markdown would make something of, anywhere or at the beginning. Rather too much than too little. */
const MARKUP = /[\n\\`*_{}[\]<>|~&#@]|:\/\/|www\.|^\s|\s$|\s{2}|^([-+=]|\d+[.)])/i;

/** Whether a text is one paragraph to Markdown, with nothing in it to format. */
export function isPlainText(text: string): boolean {
  return text !== '' && !MARKUP.test(text);
}
