import { Landing } from '@/components/site/landing';
import { pageSession } from '@/server/doors/page-session';

export default async function SitePage() {
  const { user } = await pageSession();
  return <Landing homeHref={user ? '/home' : null} />;
}
