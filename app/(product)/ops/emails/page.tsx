import type { Metadata } from 'next';
import { OpsEmails } from '@/components/mailbox/ops-emails';

export const metadata: Metadata = { title: 'E-mails' };

export default function EmailsPage() {
  return <OpsEmails />;
}
