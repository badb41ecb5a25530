import { lnbitsRail } from './lnbits';
import { lndRail } from './lnd';
import { nwcRail } from './nwc';
import type { LightningRail } from './rail';
import { type RailKind, RailSettings } from './schema';
import { strikeRail } from './strike';

export const isRailKind = (kind: string): kind is RailKind => Object.hasOwn(RailSettings, kind);

/** @throws ZodError if the settings are invalid for the kind. */
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
    case 'nwc':
      return nwcRail(name, RailSettings.nwc.parse(settings));
    case 'strike':
      return strikeRail(name, RailSettings.strike.parse(settings));
  }
}
