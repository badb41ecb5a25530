import { db } from '@/server/platform/db';
import { isUuid } from '@/server/platform/ids';
import { listRefused, type Refused } from '@/server/platform/rate-limit';

const HOURS = 24;
const CALLERS_MAX = 100;

/** The limit that a bucket's key prefix belongs to. */
const LIMITS: Record<string, string> = {
  key: 'Requests of an API key',
  address: 'Requests without a key, by address',
  'sign-in': 'Sign-in attempts',
  'sign-up': 'Sign-ups',
  email: 'Links by e-mail',
  invitations: 'Invitations',
  organizations: 'New organizations',
  'payout-destination': 'Payout addresses tried',
  inbox: 'Events to an inspector',
  others: 'Others, counted together',
};

/** A caller that a rate limit rejected within the last day. */
export interface RefusedCaller {
  key: string;
  /** Which limit it was. */
  limitName: string;
  limit: number;
  windowSeconds: number;
  refusals: number;
  lastAt: Date;
  /** For an API key: its owner and displayable parts. */
  apiKey: { name: string; hint: string; organizationId: string; organization: string } | null;
  /**
   * Otherwise what identifies the caller, such as an address; hashes and IDs are shown as stored.
   */
  subject: string;
}

/** The most rejected callers of the last day, at most 100. */
export async function listCallers(): Promise<RefusedCaller[]> {
  const refused = (await listRefused(HOURS, CALLERS_MAX)).filter(
    ({ key }) => kindOf(key) in LIMITS,
  );
  const ids = refused.map(({ key }) => subjectOf(key)).filter(isUuid);
  const keys = await db.apiKey.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      name: true,
      mode: true,
      lastFour: true,
      organization: { select: { id: true, name: true } },
    },
  });
  const keyById = new Map(keys.map((key) => [key.id, key]));
  return refused.map((each) => callerOf(each, keyById.get(subjectOf(each.key))));
}

const kindOf = (key: string) => key.split(':', 1)[0] ?? '';
const subjectOf = (key: string) => key.slice(kindOf(key).length + 1);

function callerOf(
  { key, count, limit, windowSeconds, lastAt }: Refused,
  apiKey:
    | { name: string; mode: string; lastFour: string; organization: { id: string; name: string } }
    | undefined,
): RefusedCaller {
  return {
    key,
    limitName: LIMITS[kindOf(key)] ?? key,
    limit,
    windowSeconds,
    refusals: count,
    lastAt,
    apiKey: apiKey
      ? {
          name: apiKey.name,
          hint: `ek_${apiKey.mode}_…${apiKey.lastFour}`,
          organizationId: apiKey.organization.id,
          organization: apiKey.organization.name,
        }
      : null,
    subject: subjectOf(key),
  };
}
