import type { ReactNode } from 'react';
import { DocsFrame } from '@/components/docs/docs-frame';
import { allPages } from '@/server/docs/page-text';

export default async function Layout({ children }: { children: ReactNode }) {
  const pages = (await allPages()).map(({ slug, title, chapter }) => ({ slug, title, chapter }));
  return <DocsFrame pages={pages}>{children}</DocsFrame>;
}
