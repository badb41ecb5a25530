import { z } from 'zod';
import { Moment, OwnPath, Short, template } from './template';

/** E-mails to a user as a worker. */
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
    about: 'A worker’s payout destination was changed.',
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
      subject: 'Your payout destination was changed',
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
          ? [{ kind: 'text' as const, text: `Payouts are paused until ${heldUntil}.` }]
          : []),
        { kind: 'button', label: 'See your earnings', path },
        {
          kind: 'note',
          text: 'If this was not you, change your password, then restore your own address.',
        },
      ],
    }),
  }),

  'payout-address-code': template({
    about: 'A user without a password changes their payout destination.',
    secret: true,
    data: z.strictObject({
      name: Short,
      code: Short,
      path: OwnPath,
      validMinutes: z.int().positive(),
    }),
    sample: { name: 'Ada', code: '40517723', path: '/work/earnings', validMinutes: 15 },
    compose: ({ name, code, path, validMinutes }, instance) => ({
      // The subject is stored; the code is not.
      subject: `Your code for ${instance.name}`,
      preview: 'Use it to change your payout destination.',
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        { kind: 'text', text: 'use this code to change your payout destination:' },
        { kind: 'facts', rows: [['Code', code]] },
        { kind: 'button', label: 'Go to your earnings', path },
        { kind: 'text', text: `It works once and expires in ${validMinutes} minutes.` },
        {
          kind: 'note',
          text: 'If you did not request this, somebody else is signed in to your account: do not share the code, and end your account’s other sessions.',
        },
      ],
    }),
  }),
};
