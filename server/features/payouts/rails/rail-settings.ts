import type { Rail as RailRow } from '@/prisma/generated/client';
import { DecryptionFailed, decrypt, encrypt } from '@/server/platform/crypto';

/** What the settings of a rail are encrypted for. */
const sealOf = (railId: string) => `rail:${railId}`;

type Settings = Record<string, string>;

/** The settings as they are kept: encrypted with APP_SECRET, for this rail alone. */
export function sealSettings(railId: string, settings: Settings): string {
  return encrypt(JSON.stringify(settings), sealOf(railId));
}

/** @throws DecryptionFailed where they were encrypted with another APP_SECRET. */
export function openSettings({ id, settings }: Pick<RailRow, 'id' | 'settings'>): Settings {
  return JSON.parse(decrypt(settings, sealOf(id))) as Settings;
}

/** The same, or null where they were encrypted with another APP_SECRET. */
export function readSettings(row: Pick<RailRow, 'id' | 'settings'>): Settings | null {
  try {
    return openSettings(row);
  } catch (error) {
    if (error instanceof DecryptionFailed) return null;
    throw error;
  }
}
