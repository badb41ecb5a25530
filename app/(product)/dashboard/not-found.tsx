import Link from 'next/link';
import { PlainMessage } from '@/components/ui/failures/plain-page';
import { PageBody } from '@/components/ui/frame/app-frame';

export default function DashboardNotFound() {
  return (
    <PageBody>
      <PlainMessage
        icon="link"
        title="There is no such page"
        actions={
          <>
            <Link href="/dashboard">Overview</Link>
            <Link href="/dashboard/tasks">Tasks</Link>
          </>
        }
      >
        The address may be mistyped, or it is another organization’s or the other mode’s. Search
        with Ctrl or ⌘ and K.
      </PlainMessage>
    </PageBody>
  );
}
