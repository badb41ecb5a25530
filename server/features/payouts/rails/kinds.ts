import { z } from 'zod';
import { lnbitsRail } from './lnbits';
import { lndRail } from './lnd';
import type { LightningRail } from './rail';

const Url = z
  .url({ protocol: /^https?$/, error: 'Give its address, such as https://lnbits.example.com.' })
  .max(2_000);
const Secret = z.string().trim().min(1, 'It is needed.').max(10_000);

/** What each kind of rail is set up with. */
export const RailSettings = {
  lnbits: z.strictObject({ url: Url, adminKey: Secret }),
  lnd: z.strictObject({
    url: Url,
    macaroonHex: Secret.regex(/^([0-9a-f]{2})+$/i, 'Give the macaroon in hexadecimal.'),
    tlsCertificate: z.string().trim().max(20_000).optional(),
  }),
} as const;

export type RailKind = keyof typeof RailSettings;

export const isRailKind = (kind: string): kind is RailKind => Object.hasOwn(RailSettings, kind);

/** @throws ZodError where the settings are not of that kind. */
export function openRail(input: {
  kind: RailKind;
  name: string;
  settings: unknown;
}): LightningRail {
  const { kind, name, settings } = input;
  switch (kind) {
    case 'lnbits':
      return lnbitsRail(name, RailSettings.lnbits.parse(settings));
    case 'lnd':
      return lndRail(name, RailSettings.lnd.parse(settings));
  }
}
