import { endSession } from '@/components/auth/session-calls';

/** Ends the session and goes to the sign-in page, by a whole new page: nothing read stays behind. */
export function signOut(): void {
  void endSession().then(() => window.location.assign('/sign-in'));
}
