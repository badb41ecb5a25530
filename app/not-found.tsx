import { PlainPage } from '@/components/ui/failures/plain-page';

export default function NotFoundPage() {
  return (
    <PlainPage
      icon="link"
      title="There is no such page"
      actions={
        <>
          <a href="/home">Start page</a>
          <a href="/docs">Documentation</a>
        </>
      }
    >
      The address may be mistyped, or the page may not be yours to see.
    </PlainPage>
  );
}
