import { signInBy } from '@/components/auth/session-calls';

/**
 * Signs in with what a sign-up was sent with. False where that does not fit: the address had an
 * account, and its owner got an e-mail, which is all that a sign-up says of it.
 */
export async function enterNewAccount(person: {
  email: string;
  password: string;
}): Promise<boolean> {
  const { email, password } = person;
  const result = await signInBy('credentials', { email, password });
  return result?.ok === true;
}
