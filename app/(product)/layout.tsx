import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { AppTheme } from '@/components/ui/theme/app-theme';

export default async function ProductLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return <AppTheme nonce={nonce}>{children}</AppTheme>;
}
