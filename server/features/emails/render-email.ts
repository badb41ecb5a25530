import { env } from '@/server/platform/env';
import { type TemplateName, templateOf } from './templates';
import type { Block } from './templates/template';

export interface RenderedEmail {
  subject: string;
  html: string;
  text: string;
}

/**
 * Renders subject, HTML and plain text of a template. All data is escaped; links lead to this
 * instance only.
 * @throws ZodError if the data does not match the template.
 */
export function renderEmail(name: TemplateName, data: unknown): RenderedEmail {
  const { data: schema, compose } = templateOf(name);
  const message = compose(schema.parse(data), { name: env.INSTANCE_NAME });
  const subject = message.subject.replace(/\s+/g, ' ');
  return {
    subject,
    html: htmlOf(subject, message.preview, message.blocks),
    text: textOf(message.blocks),
  };
}

function urlOf(path: string): string {
  return `${env.PUBLIC_URL}${path}`;
}

function textOf(blocks: Block[]): string {
  const parts = blocks.map((block) => {
    switch (block.kind) {
      case 'button':
        return `${block.label}:\n${urlOf(block.path)}`;
      case 'facts':
        return block.rows.map(([label, value]) => `${label}: ${value}`).join('\n');
      default:
        return block.text;
    }
  });
  return `${parts.join('\n\n')}\n\n-- \n${env.INSTANCE_NAME}\n${env.PUBLIC_URL}\n`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

/** Light and dark colours. Mail clients without color-scheme support show the light one. */
const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 0; background: #f6f6f4; color: #1c1c1a; }
.card { background: #ffffff; border: 1px solid #e4e4e0; border-radius: 12px; }
.soft, .soft a { color: #62625d; }
.fact { border-top: 1px solid #e4e4e0; }
.button { background: #0b7261; color: #ffffff; }
@media (prefers-color-scheme: dark) {
  body { background: #131312; color: #ececea; }
  .card { background: #1a1a18; border-color: #2b2b28; }
  .soft, .soft a { color: #a3a39d; }
  .fact { border-color: #2b2b28; }
}`;

const FONT =
  "font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; font-size: 15px; line-height: 1.55;";

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `<p style="margin: 0 0 16px;">${escaped(block.text)}</p>`;
    case 'note':
      return `<p class="soft" style="margin: 24px 0 0; font-size: 13px;">${escaped(block.text)}</p>`;
    case 'button': {
      const url = escaped(urlOf(block.path));
      return `<p style="margin: 24px 0 12px;"><a class="button" href="${url}" style="display: inline-block; padding: 10px 18px; border-radius: 8px; font-weight: 600; text-decoration: none;">${escaped(block.label)}</a></p>
<p class="soft" style="margin: 0 0 16px; font-size: 13px; word-break: break-all;">Or open <a href="${url}">${url}</a></p>`;
    }
    case 'facts':
      return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin: 0 0 16px;">${block.rows
        .map(
          ([label, value]) =>
            `<tr><td class="soft fact" style="padding: 8px 12px 8px 0; vertical-align: top; white-space: nowrap;">${escaped(label)}</td><td class="fact" style="padding: 8px 0; word-break: break-word;">${escaped(value)}</td></tr>`,
        )
        .join('')}</table>`;
  }
}

function htmlOf(subject: string, preview: string, blocks: Block[]): string {
  const home = escaped(env.PUBLIC_URL);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
<style>${STYLE}</style>
</head>
<body style="${FONT}">
<div style="display: none; max-height: 0; overflow: hidden;">${escaped(preview)}</div>
<div style="max-width: 520px; margin: 0 auto; padding: 32px 16px;">
<p style="margin: 0 0 16px; font-weight: 600;">${escaped(env.INSTANCE_NAME)}</p>
<main class="card" style="padding: 28px;">
<h1 style="margin: 0 0 16px; font-size: 20px; line-height: 1.3; letter-spacing: -0.01em;">${escaped(subject)}</h1>
${blocks.map(blockHtml).join('\n')}
</main>
<p class="soft" style="margin: 16px 0 0; font-size: 13px;">Sent by ${escaped(env.INSTANCE_NAME)}, <a href="${home}">${home}</a></p>
</div>
</body>
</html>
`;
}
