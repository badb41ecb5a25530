import { z } from 'zod';
import { Moment, OwnPath, Short, template } from './template';

/** What concerns a person as a worker. */
export const workerTemplates = {
  'appeal-decided': template({
    about: 'A worker’s appeal was decided.',
    secret: false,
    data: z.strictObject({
      name: Short,
      upheld: z.boolean(),
      type: Short,
      explanation: z.string().max(2_000),
      path: OwnPath,
    }),
    sample: {
      name: 'Ada',
      upheld: true,
      type: 'image_moderation',
      explanation:
        'Two other workers, who did not know about your appeal, gave the same answer as you.',
      path: '/work/history?verdict=appealed',
    },
    compose: ({ name, upheld, type, explanation, path }) => ({
      subject: upheld ? 'Your appeal was upheld' : 'Your appeal was dismissed',
      preview: explanation,
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        {
          kind: 'text',
          text: upheld
            ? `your appeal about an answer of type ${type} was upheld: it counts as right, and is paid.`
            : `your appeal about an answer of type ${type} was dismissed.`,
        },
        { kind: 'text', text: explanation },
        { kind: 'button', label: 'See the answer', path },
      ],
    }),
  }),

  'payout-destination-changed': template({
    about: 'Where a worker’s payouts go was changed.',
    secret: false,
    data: z.strictObject({
      name: Short,
      address: Short.nullable(),
      heldUntil: Moment.nullable(),
      path: OwnPath,
    }),
    sample: {
      name: 'Ada',
      address: 'ada@wallet.example',
      heldUntil: '2026-11-24T12:00:00.000Z',
      path: '/work/earnings',
    },
    compose: ({ name, address, heldUntil, path }) => ({
      subject: 'Where your payouts go was changed',
      preview: address ? `They go to ${address} from now on.` : 'The address was removed.',
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        {
          kind: 'text',
          text: address
            ? `your payouts go to ${address} from now on.`
            : 'the address your payouts went to was removed.',
        },
        ...(heldUntil
          ? [{ kind: 'text' as const, text: `Nothing is sent until ${heldUntil}.` }]
          : []),
        { kind: 'button', label: 'See your earnings', path },
        {
          kind: 'note',
          text: 'This was not you? Change your password, then put your own address back.',
        },
      ],
    }),
  }),

  'payout-address-code': template({
    about: 'Somebody without a password changes where their payouts go.',
    secret: true,
    data: z.strictObject({
      name: Short,
      code: Short,
      path: OwnPath,
      validMinutes: z.int().positive(),
    }),
    sample: { name: 'Ada', code: '40517723', path: '/work/earnings', validMinutes: 15 },
    compose: ({ name, code, path, validMinutes }, instance) => ({
      // The subject is kept; the code is not.
      subject: `Your code for ${instance.name}`,
      preview: 'With it you change where your payouts go.',
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        { kind: 'text', text: 'with this code you change where your payouts go:' },
        { kind: 'facts', rows: [['Code', code]] },
        { kind: 'button', label: 'Go to your earnings', path },
        { kind: 'text', text: `It works once, within ${validMinutes} minutes.` },
        {
          kind: 'note',
          text: 'You did not ask for it? Then somebody is signed in as you: do not give them the code, and end the other sessions of your account.',
        },
      ],
    }),
  }),
};
