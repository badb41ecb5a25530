import { derivedKey, hmacSha256Hex, timingSafeEqualText } from '@/server/platform/crypto';

/**
 * Invitations are shown to who makes them, so that having a link does not prove an address. The
 * link in the e-mail therefore carries a mark that the maker never sees: `<token>.<mark>`.
 */
const MARK_CHARS = 32;

function markOf(token: string, email: string): string {
  const key = derivedKey('mailed-invitation');
  return hmacSha256Hex(key, `${token}\n${email}`).slice(0, MARK_CHARS);
}

/** The token as it goes into an e-mail to `email`. */
export function mailedToken(token: string, email: string): string {
  return `${token}.${markOf(token, email)}`;
}

/** An invitation's own token, with or without a mark. */
export function tokenOf(text: string): string {
  return text.split('.', 1)[0] ?? '';
}

/** Whether a token was read in an e-mail to `email`, which proves the address. */
export function isMailedTo(text: string, email: string): boolean {
  const [token = '', mark = ''] = text.split('.');
  return timingSafeEqualText(mark, markOf(token, email));
}
