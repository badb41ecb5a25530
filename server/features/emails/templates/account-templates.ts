import { z } from 'zod';
import { Moment, OwnPath, Short, template } from './template';

/** What concerns a person's own account. */
export const accountTemplates = {
  'confirm-address': template({
    about: 'Somebody signed up, or gave another address, and shows that it is theirs.',
    secret: true,
    data: z.strictObject({ name: Short, path: OwnPath, validHours: z.int().positive() }),
    sample: { name: 'Ada', path: '/confirm/sample', validHours: 48 },
    compose: ({ name, path, validHours }, instance) => ({
      subject: `Confirm your address for ${instance.name}`,
      preview: 'One click, and we know that this address is yours.',
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        { kind: 'text', text: `please confirm that this address is yours.` },
        { kind: 'button', label: 'Confirm address', path },
        { kind: 'text', text: `The link works for ${validHours} hours.` },
        {
          kind: 'note',
          text: `You did not give this address to ${instance.name}? Then do nothing; it is not used without your word.`,
        },
      ],
    }),
  }),

  'sign-in-link': template({
    about: 'Somebody asked for a link to sign in without a password.',
    secret: true,
    data: z.strictObject({ path: OwnPath, validMinutes: z.int().positive() }),
    sample: { path: '/sign-in/link/sample', validMinutes: 15 },
    compose: ({ path, validMinutes }, instance) => ({
      subject: `Your link to sign in to ${instance.name}`,
      preview: `It works once, within ${validMinutes} minutes.`,
      blocks: [
        { kind: 'text', text: `With this link you sign in to ${instance.name}.` },
        { kind: 'button', label: 'Sign in', path },
        { kind: 'text', text: `It works once, within ${validMinutes} minutes.` },
        {
          kind: 'note',
          text: 'You did not ask for it? Then do nothing, and give the link to nobody.',
        },
      ],
    }),
  }),

  'account-exists': template({
    about:
      'Somebody signed up, or asked for a change of address, with an address that has an account.',
    secret: true,
    data: z.strictObject({
      name: Short,
      path: OwnPath,
      validMinutes: z.int().positive(),
      resetPath: OwnPath,
    }),
    sample: {
      name: 'Ada',
      path: '/sign-in/link/sample',
      validMinutes: 15,
      resetPath: '/forgot-password',
    },
    compose: ({ name, path, validMinutes, resetPath }, instance) => ({
      subject: `You already have an account on ${instance.name}`,
      preview: 'Sign in with it; no second account was created.',
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        {
          kind: 'text',
          text: `someone, probably you, used this address on ${instance.name}. It already has an account, so no other one was created. Sign in with it:`,
        },
        { kind: 'button', label: 'Sign in', path },
        { kind: 'text', text: `The link works once, within ${validMinutes} minutes.` },
        { kind: 'text', text: 'If you have forgotten your password, choose a new one:' },
        { kind: 'button', label: 'Choose a new password', path: resetPath },
        { kind: 'note', text: 'If it was not you, ignore this message; nothing has changed.' },
      ],
    }),
  }),

  'reset-password': template({
    about: 'Somebody forgot their password.',
    secret: true,
    data: z.strictObject({ name: Short, path: OwnPath, validMinutes: z.int().positive() }),
    sample: { name: 'Ada', path: '/reset-password/sample', validMinutes: 60 },
    compose: ({ name, path, validMinutes }, instance) => ({
      subject: `Choose a new password for ${instance.name}`,
      preview: `The link works once, within ${validMinutes} minutes.`,
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        { kind: 'text', text: 'somebody, hopefully you, asked for a new password.' },
        { kind: 'button', label: 'Choose a new password', path },
        { kind: 'text', text: `The link works once, within ${validMinutes} minutes.` },
        {
          kind: 'note',
          text: 'You did not ask for it? Then do nothing; your password stays as it is.',
        },
      ],
    }),
  }),

  'password-changed': template({
    about: 'A password was changed, so that its owner hears of it.',
    secret: false,
    data: z.strictObject({ name: Short, at: Moment, path: OwnPath }),
    sample: { name: 'Ada', at: '2026-11-25T09:30:00.000Z', path: '/forgot-password' },
    compose: ({ name, at, path }, instance) => ({
      subject: `Your password for ${instance.name} was changed`,
      preview: 'All other sessions were signed out.',
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        { kind: 'text', text: `your password was changed at ${at}. All other sessions ended.` },
        {
          kind: 'note',
          text: 'It was not you? Choose a new one at once, and tell who runs this instance.',
        },
        { kind: 'button', label: 'Choose a new password', path },
      ],
    }),
  }),

  'address-changed': template({
    about: 'An account has another address, told to the former one.',
    secret: false,
    data: z.strictObject({ name: Short, newEmail: Short, at: Moment, path: OwnPath }),
    sample: {
      name: 'Ada',
      newEmail: 'ada@new.example',
      at: '2026-11-25T09:30:00.000Z',
      path: '/sign-in',
    },
    compose: ({ name, newEmail, at, path }, instance) => ({
      subject: `Your address for ${instance.name} was changed`,
      preview: `From now on you sign in with ${newEmail}.`,
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        { kind: 'text', text: `since ${at} you sign in with ${newEmail}.` },
        { kind: 'note', text: 'It was not you? Tell who runs this instance at once.' },
        { kind: 'button', label: 'Sign in', path },
      ],
    }),
  }),

  'vetting-decided': template({
    about: 'An operator decided on a worker’s application.',
    secret: false,
    data: z.strictObject({
      name: Short,
      approved: z.boolean(),
      reason: z.string().max(2_000).default(''),
      path: OwnPath,
    }),
    sample: { name: 'Ada', approved: true, reason: '', path: '/work' },
    compose: ({ name, approved, reason, path }, instance) => ({
      subject: approved
        ? `You can start working on ${instance.name}`
        : `Your application to ${instance.name}`,
      preview: approved ? 'Your application was approved.' : 'Your application was not approved.',
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        {
          kind: 'text',
          text: approved
            ? 'your application was approved. Go online to be offered tasks.'
            : 'your application was not approved.',
        },
        ...(reason === '' ? [] : [{ kind: 'text' as const, text: reason }]),
        { kind: 'button', label: approved ? 'Open the queue' : 'See your application', path },
      ],
    }),
  }),

  'type-paused': template({
    about: 'A kind of task was paused for a worker.',
    secret: false,
    data: z.strictObject({
      name: Short,
      type: Short,
      reason: z.string().max(2_000),
      path: OwnPath,
    }),
    sample: {
      name: 'Ada',
      type: 'content_review',
      reason: 'Of the last 12 tasks of this kind with a known answer, 3 of yours were right.',
      path: '/work/standing',
    },
    compose: ({ name, type, reason, path }) => ({
      subject: `Tasks of the kind “${type}” are paused for you`,
      preview: 'Your standing says why, and what brings them back.',
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        { kind: 'text', text: `tasks of the kind “${type}” from one customer are paused for you.` },
        { kind: 'text', text: reason },
        {
          kind: 'text',
          text: 'Tasks in hand are yours to finish, and what you earned stays yours. Your standing says what brings these tasks back.',
        },
        { kind: 'button', label: 'See your standing', path },
      ],
    }),
  }),
};
