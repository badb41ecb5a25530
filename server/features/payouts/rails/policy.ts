/** How pages ask for what a rail is set up with, without the contracts, which are large. Browser-safe. */

export type RailKind = 'lnbits' | 'lnd' | 'nwc' | 'strike';

/** A setting as a form asks for it. */
export interface RailField {
  name: string;
  label: string;
  description?: string;
  /** Never shown again once it is saved. */
  isSecret: boolean;
  isLong?: true;
  isOptional?: true;
}

/** What kinds of rail are called, and what each asks for. */
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
        description: 'Of the wallet that pays. An invoice key cannot pay.',
        isSecret: true,
      },
    ],
  },
  lnd: {
    title: 'LND',
    about: 'A Lightning node of your own, over its REST listener.',
    fields: [
      {
        name: 'url',
        label: 'Address',
        description: 'Of the REST listener, such as https://lnd.example.com:8080',
        isSecret: false,
      },
      {
        name: 'macaroonHex',
        label: 'Macaroon, hexadecimal',
        description: 'It needs offchain and invoices, to read and to write.',
        isSecret: true,
        isLong: true,
      },
      {
        name: 'tlsCertificate',
        label: 'TLS certificate',
        description: 'tls.cert of the node, where no public authority has signed it.',
        isSecret: true,
        isLong: true,
        isOptional: true,
      },
    ],
  },
  nwc: {
    title: 'Nostr Wallet Connect',
    about: 'Any wallet that connects over Nostr. What a payment may cost is its own setting.',
    fields: [
      {
        name: 'uri',
        label: 'Connection',
        description: 'As the wallet shows it: nostr+walletconnect://…',
        isSecret: true,
      },
    ],
  },
  strike: {
    title: 'Strike',
    about:
      'A Strike account that holds bitcoin. Where Strike’s answer to a payment is lost, it cannot be asked what became of it: you look it up in the account and enter it.',
    fields: [
      {
        name: 'apiKey',
        label: 'API key',
        description:
          'It needs to read balances, payments and receive requests, to create receive requests and Lightning payment quotes, and to execute quotes.',
        isSecret: true,
      },
      {
        name: 'url',
        label: 'Address',
        description: 'https://api.strike.me unless another is given.',
        isSecret: false,
        isOptional: true,
      },
    ],
  },
};

export const RAIL_KINDS = Object.keys(RAIL_FORMS) as [RailKind, ...RailKind[]];
