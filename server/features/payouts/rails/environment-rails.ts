import { isDeepStrictEqual } from 'node:util';
import type { Rail as RailRow } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { newId } from '@/server/platform/ids';
import { readSettings, sealSettings } from './rail-settings';
import { ENVIRONMENT_SUFFIX, type RailKind, RailSettings } from './schema';

const BY = 'system';

/** The rails configured by the environment, by kind. */
function wantedRails(): Partial<Record<RailKind, Record<string, string | undefined>>> {
  const { RAIL_LNBITS_URL, RAIL_LNBITS_ADMIN_KEY } = env;
  const { RAIL_LND_URL, RAIL_LND_MACAROON, RAIL_LND_CERT } = env;
  const { RAIL_NWC_URI, RAIL_STRIKE_API_KEY } = env;
  return {
    ...(RAIL_STRIKE_API_KEY ? { strike: { apiKey: RAIL_STRIKE_API_KEY } } : {}),
    ...(RAIL_NWC_URI ? { nwc: { uri: RAIL_NWC_URI } } : {}),
    ...(RAIL_LNBITS_URL
      ? { lnbits: { url: RAIL_LNBITS_URL, adminKey: RAIL_LNBITS_ADMIN_KEY } }
      : {}),
    ...(RAIL_LND_URL
      ? {
          lnd: {
            ...{ url: RAIL_LND_URL, macaroonHex: RAIL_LND_MACAROON },
            // Many environments cannot hold line breaks.
            ...(RAIL_LND_CERT ? { tlsCertificate: RAIL_LND_CERT.replaceAll('\\n', '\n') } : {}),
          },
        }
      : {}),
  };
}

/**
 * Syncs the environment's rails: new ones are added first, changed ones are updated, and ones whose
 * variables were removed are disabled, while their payments in progress are still looked up.
 * @throws ZodError if a variable is invalid for its kind.
 */
export async function syncEnvironmentRails(): Promise<void> {
  const rows = await db.rail.findMany({ where: { source: 'environment' } });
  const wanted = Object.entries(wantedRails());
  for (const row of rows) {
    const given = wanted.find(([kind]) => kind === row.kind);
    if (!given && row.enabled) await change(row, { enabled: false });
  }
  for (const [kind, given] of wanted) {
    const settings = RailSettings[kind as RailKind].parse(given);
    const row = rows.find((each) => each.kind === kind);
    if (!row) await add(kind, settings);
    else if (!row.enabled || !isDeepStrictEqual(readSettings(row), { ...settings })) {
      await change(row, { enabled: true, settings: sealSettings(row.id, settings) });
    }
  }
}

async function change(
  { id, version }: RailRow,
  data: { enabled: boolean; settings?: string },
): Promise<void> {
  const changed = { updatedBy: BY, updatedAt: clock.now(), version: { increment: 1 } };
  await db.rail.updateMany({ where: { id, version }, data: { ...data, ...changed } });
}

async function add(kind: string, settings: Record<string, string>): Promise<void> {
  const id = newId();
  const now = clock.now();
  const sealed = sealSettings(id, settings);
  await db.$executeRaw`
    INSERT INTO rails (id, kind, name, source, position, settings, updated_by, created_at, updated_at)
    VALUES (${id}::uuid, ${kind}, ${kind + ENVIRONMENT_SUFFIX}, 'environment',
            (SELECT coalesce(min(position), 1) - 1 FROM rails), ${sealed}, ${BY}, ${now}, ${now})
        ON CONFLICT (name) DO NOTHING`;
}
