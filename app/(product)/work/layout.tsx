import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { AppFrame } from '@/components/ui/frame/app-frame';
import type { NavigationItem } from '@/components/ui/frame/navigation-item';
import { FocusOnNavigation } from '@/components/work/focus-on-navigation';
import { OwnKeysSheet } from '@/components/work/keys/own-keys-sheet';
import { OnboardingNotice } from '@/components/work/onboarding/onboarding-notice';
import { CompactOnlineSwitch, OnlineSwitch } from '@/components/work/presence/online-switch';
import { PresenceProvider } from '@/components/work/presence/presence';
import { ServiceWorker } from '@/components/work/presence/service-worker';
import { WorkTabs } from '@/components/work/work-tabs';
import { frameOf, homeOf, pageSession, signInPath } from '@/server/doors/page-session';

const PAGES: NavigationItem[] = [
  { href: '/work', label: 'Queue', icon: 'inbox', exact: true },
  { href: '/work/earnings', label: 'Earnings', icon: 'bolt' },
  { href: '/work/history', label: 'History', icon: 'clock' },
  { href: '/work/standing', label: 'Standing', icon: 'check' },
  { href: '/work/settings', label: 'Settings', icon: 'settings' },
];

export default async function WorkLayout({ children }: { children: ReactNode }) {
  const session = await pageSession();
  const frame = await frameOf(session);
  if (!frame) redirect(await signInPath());
  if (!frame.isWorker) redirect(await homeOf(session));
  return (
    <TrpcProvider shown={{ mode: 'live', organizationId: null }}>
      <PresenceProvider>
        <AppFrame
          frame={frame}
          area="work"
          items={PAGES}
          extra={<OnlineSwitch />}
          headerExtra={<CompactOnlineSwitch />}
        >
          <OwnKeysSheet />
          <OnboardingNotice />
          {children}
        </AppFrame>
        <WorkTabs items={PAGES} />
        <FocusOnNavigation />
        <ServiceWorker />
      </PresenceProvider>
    </TrpcProvider>
  );
}
