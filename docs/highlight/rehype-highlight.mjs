import rehypeShikiFromHighlighter from '@shikijs/rehype/core';
import { createCssVariablesTheme, createHighlighter } from 'shiki';

const LANGUAGES = ['sh', 'python', 'ts', 'go', 'json', 'yaml', 'http', 'docker', 'ini', 'nginx'];
const theme = createCssVariablesTheme({ name: 'docs', variablePrefix: '--code-' });

let made;
const highlighter = () => {
  made ??= createHighlighter({ themes: [theme], langs: LANGUAGES });
  return made;
};

const PLAIN = 'color:var(--code-foreground)';

/** Takes out what only makes a page larger: roots within the tree, and spans of the usual colour. */
function tidy(node) {
  if (!node.children) return;
  node.children = node.children.flatMap((child) => {
    tidy(child);
    const isNeedless =
      child.type === 'root' || (child.tagName === 'span' && child.properties?.style === PLAIN);
    return isNeedless ? child.children : [child];
  });
  if (node.tagName === 'pre') {
    delete node.properties.style;
    delete node.properties.tabindex;
  }
}

/** @this {import('shiki').ShikiTransformerContext} */
function describe(pre) {
  pre.properties['data-language'] = this.options.lang;
  const meta = this.options.meta?.__raw ?? '';
  const [, title] = /title="([^"]*)"/.exec(meta) ?? [];
  const shown = title ?? (/(^|\s)output(\s|$)/.test(meta) ? 'Output' : undefined);
  if (shown) pre.properties['data-title'] = shown;
}

/**
 * Colours a page's code while it is compiled, so that no highlighter reaches the browser. Each block
 * says its language and its title (`title="app.py"`, or "Output") in data attributes. A language that
 * is not in the list fails the build; `text` is left as it is.
 */
export default function rehypeHighlight() {
  return async (tree, file) => {
    const transform = rehypeShikiFromHighlighter(await highlighter(), {
      theme: 'docs',
      transformers: [{ name: 'docs', pre: describe }],
      // Not loaded, so that a language which is not in the list fails the build.
      fallbackLanguage: 'a language of the list in rehype-highlight.mjs',
      defaultLanguage: 'text',
    });
    await transform(tree, file);
    tidy(tree);
  };
}
