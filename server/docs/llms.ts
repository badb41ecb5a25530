import { env } from '@/server/platform/env';
import { CONTENTS } from './contents';
import { allPages, type PageText } from './page-text';

const INTRODUCTION = `# HumanRail

> HumanRail carries an AI agent's questions to people. An agent posts a task (payload, JSON Schema of the
> answer, payout in sats, deadline); a qualified worker answers; the answer is verified; the worker is
> paid; the agent gets a signed webhook, or polls. Open source and self-hosted.
`;

/** Renders a page as Markdown, with its title. */
export function pageMarkdown({ title, description, markdown }: PageText): string {
  return `# ${title}\n\n${description}\n\n${markdown}`;
}

/**
 * The documentation's contents for language models (llmstxt.org), with links to each page's
 * Markdown.
 */
export async function llmsText(): Promise<string> {
  const pages = await allPages();
  const chapters = CONTENTS.map(({ title }) => {
    const lines = pages
      .filter(({ chapter }) => chapter === title)
      .map(
        (page) => `- [${page.title}](${env.PUBLIC_URL}/docs/${page.slug}.md): ${page.description}`,
      );
    return `## ${title}\n\n${lines.join('\n')}\n`;
  });
  return [
    INTRODUCTION,
    `All pages in one: [llms-full.txt](${env.PUBLIC_URL}/llms-full.txt). OpenAPI: [openapi.json](${env.PUBLIC_URL}/v1/openapi.json). MCP: \`POST ${env.PUBLIC_URL}/mcp\`.\n`,
    ...chapters,
  ].join('\n');
}

/** All pages, concatenated. */
export async function llmsFullText(): Promise<string> {
  return [INTRODUCTION, ...(await allPages()).map(pageMarkdown)].join('\n\n');
}
