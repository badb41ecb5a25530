import { derivedKey, hmacSha256Hex, timingSafeEqualText } from '@/server/platform/crypto';

/**
 * An invitation's link is also shown to its creator, so having it does not prove an address. The
 * e-mailed link therefore has a mark that the creator never sees: `<token>.<mark>`.
 */
const MARK_CHARS = 32;

function markOf(token: string, email: string): string {
  const key = derivedKey('mailed-invitation');
  return hmacSha256Hex(key, `${token}\n${email}`).slice(0, MARK_CHARS);
}

/** The token for an e-mail to `email`. */
export function mailedToken(token: string, email: string): string {
  return `${token}.${markOf(token, email)}`;
}

/** An invitation's own token, with or without a mark. */
export function tokenOf(text: string): string {
  return text.split('.', 1)[0] ?? '';
}

/** Whether a token was e-mailed to `email`, which proves the address. */
export function isMailedTo(text: string, email: string): boolean {
  const [token = '', mark = ''] = text.split('.');
  return timingSafeEqualText(mark, markOf(token, email));
}
