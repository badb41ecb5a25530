import { signOut as endSession } from 'next-auth/react';

/** Ends the session and goes to the sign-in page, by a whole new page: nothing read stays behind. */
export function signOut(): void {
  void endSession({ redirect: false }).then(() => window.location.assign('/sign-in'));
}
