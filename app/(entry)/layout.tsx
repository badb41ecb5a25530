import type { ReactNode } from 'react';
import { AuthLayout } from '@/components/auth/auth-layout';

/** Signing in does without the component library, because people wait for it before anything else. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  return <AuthLayout>{children}</AuthLayout>;
}
