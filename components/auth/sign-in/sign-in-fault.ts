/** Why an account elsewhere did not let somebody in, by the code in the page's address. */
const FAULTS: Record<string, string> = {
  address_not_verified:
    'That account has no verified e-mail address. Verify it there, or sign in another way.',
  identity_taken: 'That account is already connected to another user.',
  AccessDenied: 'You did not let us know who you are. Try again, or sign in another way.',
};

export function signInFault(code: string): string {
  return FAULTS[code] ?? 'Signing in did not work. Try again, or sign in another way.';
}
