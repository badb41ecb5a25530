import { notFound, redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { AppFrame } from '@/components/ui/frame/app-frame';
import { frameOf, pageSession, signInPath } from '@/server/doors/page-session';

export default async function OpsLayout({ children }: { children: ReactNode }) {
  const session = await pageSession();
  const frame = await frameOf(session);
  if (!frame) redirect(await signInPath());
  // Responds 404 to everybody else, to not reveal the console.
  if (!frame.isOperator) notFound();
  return (
    <TrpcProvider key={frame.mode} shown={{ mode: frame.mode, organizationId: null }}>
      <AppFrame
        frame={frame}
        area="ops"
        items={[
          { href: '/ops', label: 'Overview', icon: 'home', exact: true, keys: 'g o' },
          { href: '/ops/reviews', label: 'Reviews', icon: 'review', keys: 'g r' },
          { href: '/ops/appeals', label: 'Appeals', icon: 'scale', keys: 'g a' },
          { href: '/ops/golds', label: 'Golds', icon: 'check', keys: 'g l' },
          { href: '/ops/organizations', label: 'Organizations', icon: 'building', keys: 'g n' },
          { href: '/ops/workers', label: 'Workers', icon: 'people', keys: 'g w' },
          { href: '/ops/payouts', label: 'Payouts', icon: 'coins', keys: 'g p' },
          { href: '/ops/ledger', label: 'Ledger', icon: 'list', keys: 'g b' },
          { href: '/ops/audit', label: 'Audit log', icon: 'log', keys: 'g u' },
          { href: '/ops/emails', label: 'E-mails', icon: 'mail', keys: 'g m' },
          { href: '/ops/system', label: 'System', icon: 'bolt', keys: 'g s' },
          { href: '/ops/settings', label: 'Settings', icon: 'settings' },
        ]}
      >
        {children}
      </AppFrame>
    </TrpcProvider>
  );
}
