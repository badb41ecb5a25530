import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { DocsFrame } from '@/components/docs/docs-frame';
import { DocsPage } from '@/components/docs/docs-page';
import { findLoad } from '@/server/docs/contents';
import { allPages } from '@/server/docs/page-text';

interface Props {
  params: Promise<{ slug?: string[] }>;
}

const FIRST = 'quickstart';

/** Unknown slugs return 404 without rendering. */
export const dynamicParams = false;

export async function generateStaticParams() {
  const pages = await allPages();
  return [{ slug: [] }, ...pages.map(({ slug }) => ({ slug: slug.split('/') }))];
}

async function read({ params }: Props) {
  const { slug = [] } = await params;
  const pages = await allPages();
  const at = pages.findIndex((page) => page.slug === slug.join('/'));
  return {
    pages,
    isIndex: slug.length === 0,
    page: pages[at],
    previous: pages[at - 1],
    next: pages[at + 1],
  };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { page } = await read(props);
  if (!page) return {};
  return {
    title: page.title,
    description: page.description,
    alternates: { types: { 'text/markdown': `/docs/${page.slug}.md` } },
  };
}

export default async function Page(props: Props) {
  const { pages, isIndex, page, previous, next } = await read(props);
  if (isIndex) redirect(`/docs/${FIRST}`);
  const load = page && findLoad(page.slug);
  if (!page || !load) notFound();
  const { default: Content } = await load();
  return (
    <DocsFrame
      pages={pages.map(({ slug, title, chapter }) => ({ slug, title, chapter }))}
      open={page.slug}
    >
      <DocsPage page={page} previous={previous} next={next}>
        <Content />
      </DocsPage>
    </DocsFrame>
  );
}
