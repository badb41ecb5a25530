'use server';

import { cookies } from 'next/headers';

const NAMES = ['humanrail-mode', 'humanrail-organization'] as const;
const YEAR_SECONDS = 31_536_000;

/** Persists a choice between visits. Its value is validated when read; it grants no permissions. */
export async function setPreference(name: (typeof NAMES)[number], value: string): Promise<void> {
  if (!NAMES.includes(name) || !/^[\w-]{1,64}$/.test(value)) return;
  (await cookies()).set(name, value, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: YEAR_SECONDS,
  });
}
