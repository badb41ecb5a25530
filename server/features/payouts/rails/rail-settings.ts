import type { Rail as RailRow } from '@/prisma/generated/client';
import { DecryptionFailed, decrypt, encrypt } from '@/server/platform/crypto';

/** The encryption context of a rail's settings. */
const sealOf = (railId: string) => `rail:${railId}`;

type Settings = Record<string, string>;

/** Encrypts settings with APP_SECRET for this rail only. */
export function sealSettings(railId: string, settings: Settings): string {
  return encrypt(JSON.stringify(settings), sealOf(railId));
}

/** @throws DecryptionFailed if they were encrypted with another APP_SECRET. */
export function openSettings({ id, settings }: Pick<RailRow, 'id' | 'settings'>): Settings {
  return JSON.parse(decrypt(settings, sealOf(id))) as Settings;
}

/** The same, or null if they were encrypted with another APP_SECRET. */
export function readSettings(row: Pick<RailRow, 'id' | 'settings'>): Settings | null {
  try {
    return openSettings(row);
  } catch (error) {
    if (error instanceof DecryptionFailed) return null;
    throw error;
  }
}
