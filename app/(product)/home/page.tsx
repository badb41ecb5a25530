import { redirect } from 'next/navigation';
import { homeOf, pageSession } from '@/server/doors/page-session';

/** Where everybody's own day starts. */
export default async function HomePage() {
  const session = await pageSession();
  redirect(session.user ? await homeOf(session) : '/sign-in');
}
