import { redirect } from 'next/navigation';
import { homeOf, pageSession } from '@/server/doors/page-session';

/** Redirects to the user's own start page. */
export default async function HomePage() {
  const session = await pageSession();
  redirect(session.user ? await homeOf(session) : '/sign-in');
}
