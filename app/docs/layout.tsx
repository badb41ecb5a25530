import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { DocsFrame } from '@/components/docs/docs-frame';
import { allPages } from '@/server/docs/page-text';
import { pageSession } from '@/server/doors/page-session';

export default async function Layout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const { user } = await pageSession();
  const pages = (await allPages()).map(({ slug, title, chapter }) => ({ slug, title, chapter }));
  return (
    <DocsFrame pages={pages} isSignedIn={user !== null} nonce={nonce}>
      {children}
    </DocsFrame>
  );
}
