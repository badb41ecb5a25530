'use client';

import { PageFailure } from '@/components/ui/failures/page-failure';
import { PageBody } from '@/components/ui/frame/app-frame';

/** Inside the layout, so that the navigation stays available. */
export default function OperationsError(props: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <PageBody>
      <PageFailure
        error={props.error}
        onRetry={props.reset}
        home={{ href: '/ops', label: 'Overview' }}
      />
    </PageBody>
  );
}
