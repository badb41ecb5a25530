import { notFound, redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { AppFrame } from '@/components/ui/app-frame';
import { frameOf, pageSession, signInPath } from '@/server/transport/session';

export default async function OpsLayout({ children }: { children: ReactNode }) {
  const session = await pageSession();
  const frame = await frameOf(session);
  if (!frame) redirect(await signInPath());
  // To everybody else the console does not exist.
  if (!frame.isOperator) notFound();
  return (
    <TrpcProvider key={frame.mode} shown={{ mode: frame.mode, organizationId: null }}>
      <AppFrame
        frame={frame}
        area="ops"
        items={[
          { href: '/ops', label: 'Overview', icon: 'home', exact: true },
          { href: '/ops/reviews', label: 'Reviews', icon: 'review' },
          { href: '/ops/appeals', label: 'Appeals', icon: 'scale' },
          { href: '/ops/golds', label: 'Golds', icon: 'check' },
          { href: '/ops/organizations', label: 'Organizations', icon: 'building' },
          { href: '/ops/workers', label: 'Workers', icon: 'people' },
          { href: '/ops/audit', label: 'Audit log', icon: 'log' },
          { href: '/ops/emails', label: 'E-mails', icon: 'mail' },
          { href: '/ops/system', label: 'System', icon: 'bolt' },
          { href: '/ops/settings', label: 'Settings', icon: 'settings' },
        ]}
      >
        {children}
      </AppFrame>
    </TrpcProvider>
  );
}
