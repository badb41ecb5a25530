/** The forms for rails' settings, without the large contracts. Browser-safe. */

export type RailKind = 'lnbits' | 'lnd' | 'nwc' | 'strike';

/** A form field for a setting. */
export interface RailField {
  name: string;
  label: string;
  description?: string;
  /** Never shown again once saved. */
  isSecret: boolean;
  isLong?: true;
  isOptional?: true;
}

/** The kinds of rails, and their fields. */
export const RAIL_FORMS: Record<RailKind, { title: string; about: string; fields: RailField[] }> = {
  lnbits: {
    title: 'LNbits',
    about: 'A wallet on an LNbits server.',
    fields: [
      {
        name: 'url',
        label: 'Address',
        description: 'Such as https://lnbits.example.com',
        isSecret: false,
      },
      {
        name: 'adminKey',
        label: 'Admin key',
        description: 'The admin key of the paying wallet. An invoice key cannot pay.',
        isSecret: true,
      },
    ],
  },
  lnd: {
    title: 'LND',
    about: 'Your own Lightning node, over its REST listener.',
    fields: [
      {
        name: 'url',
        label: 'Address',
        description: 'The REST listener, such as https://lnd.example.com:8080',
        isSecret: false,
      },
      {
        name: 'macaroonHex',
        label: 'Macaroon, hexadecimal',
        description: 'Requires read and write access to offchain and invoices.',
        isSecret: true,
        isLong: true,
      },
      {
        name: 'tlsCertificate',
        label: 'TLS certificate',
        description: 'The node’s tls.cert, unless a public CA signed it.',
        isSecret: true,
        isLong: true,
        isOptional: true,
      },
    ],
  },
  nwc: {
    title: 'Nostr Wallet Connect',
    about: 'Any wallet that connects over Nostr. The fee limit is the wallet’s own setting.',
    fields: [
      {
        name: 'uri',
        label: 'Connection',
        description: 'As shown in the wallet: nostr+walletconnect://…',
        isSecret: true,
      },
    ],
  },
  strike: {
    title: 'Strike',
    about:
      'A Strike account that holds bitcoin. If Strike’s response to a payment is lost, its outcome cannot be queried: you look it up in the account and enter it.',
    fields: [
      {
        name: 'apiKey',
        label: 'API key',
        description:
          'Requires permission to read balances, payments and receive requests, to create receive requests and Lightning payment quotes, and to execute quotes.',
        isSecret: true,
      },
      {
        name: 'url',
        label: 'Address',
        description: 'Default: https://api.strike.me',
        isSecret: false,
        isOptional: true,
      },
    ],
  },
};

export const RAIL_KINDS = Object.keys(RAIL_FORMS) as [RailKind, ...RailKind[]];
