import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { LowBalanceBanner } from '@/components/dashboard/billing/low-balance-banner';
import { SuspendedBanner } from '@/components/dashboard/suspended-banner';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { AppFrame } from '@/components/ui/frame/app-frame';
import { frameOf, homeOf, pageSession, signInPath } from '@/server/doors/page-session';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const session = await pageSession();
  const frame = await frameOf(session);
  if (!frame) redirect(await signInPath());
  if (!frame.organizationId) redirect(await homeOf(session));
  return (
    // Switching mode or organization resets all state, so that data of one is never shown in the
    // other.
    <TrpcProvider
      key={`${frame.mode}:${frame.organizationId}`}
      shown={{ mode: frame.mode, organizationId: frame.organizationId }}
    >
      <AppFrame
        frame={frame}
        area="dashboard"
        items={[
          { href: '/dashboard', label: 'Overview', icon: 'home', exact: true, keys: 'g o' },
          { href: '/dashboard/tasks', label: 'Tasks', icon: 'list', keys: 'g t' },
          ...(frame.role === 'viewer'
            ? []
            : [
                {
                  href: '/dashboard/reviews',
                  label: 'Reviews',
                  icon: 'review',
                  keys: 'g r',
                } as const,
              ]),
          { href: '/dashboard/insight', label: 'Insight', icon: 'chart', keys: 'g i' },
          { href: '/dashboard/people', label: 'People', icon: 'people', keys: 'g p' },
          { href: '/dashboard/playground', label: 'Playground', icon: 'flask', keys: 'g l' },
          { href: '/dashboard/task-types', label: 'Task types', icon: 'shapes', keys: 'g y' },
          { href: '/dashboard/settings/api-keys', label: 'API keys', icon: 'key', keys: 'g k' },
          { href: '/dashboard/settings/webhooks', label: 'Webhooks', icon: 'link', keys: 'g w' },
          { href: '/dashboard/billing', label: 'Billing', icon: 'coins', keys: 'g b' },
          { href: '/dashboard/settings/team', label: 'Team', icon: 'building', keys: 'g m' },
          ...(frame.role === 'owner' || frame.role === 'admin'
            ? [
                {
                  href: '/dashboard/settings/audit',
                  label: 'Audit log',
                  icon: 'log',
                  keys: 'g a',
                } as const,
              ]
            : []),
        ]}
      >
        <SuspendedBanner reason={frame.suspendedReason} />
        <LowBalanceBanner />
        {children}
      </AppFrame>
    </TrpcProvider>
  );
}
