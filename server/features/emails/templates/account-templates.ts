import { z } from 'zod';
import { Moment, OwnPath, Short, template } from './template';

/** E-mails about a user's own account. */
export const accountTemplates = {
  'confirm-address': template({
    about: 'Somebody signed up or changed their address, and has to confirm it.',
    secret: true,
    data: z.strictObject({ name: Short, path: OwnPath, validHours: z.int().positive() }),
    sample: { name: 'Ada', path: '/confirm/sample', validHours: 48 },
    compose: ({ name, path, validHours }, instance) => ({
      subject: `Confirm your address for ${instance.name}`,
      preview: 'Confirm your address with one click.',
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        { kind: 'text', text: `please confirm that this address is yours.` },
        { kind: 'button', label: 'Confirm address', path },
        { kind: 'text', text: `The link is valid for ${validHours} hours.` },
        {
          kind: 'note',
          text: `If you did not enter this address on ${instance.name}, ignore this message; it is not used without your confirmation.`,
        },
      ],
    }),
  }),

  'sign-in-link': template({
    about: 'Somebody requested a sign-in link.',
    secret: true,
    data: z.strictObject({ path: OwnPath, validMinutes: z.int().positive() }),
    sample: { path: '/sign-in/link/sample', validMinutes: 15 },
    compose: ({ path, validMinutes }, instance) => ({
      subject: `Your link to sign in to ${instance.name}`,
      preview: `It works once and expires in ${validMinutes} minutes.`,
      blocks: [
        { kind: 'text', text: `Use this link to sign in to ${instance.name}.` },
        { kind: 'button', label: 'Sign in', path },
        { kind: 'text', text: `It works once and expires in ${validMinutes} minutes.` },
        {
          kind: 'note',
          text: 'If you did not request this, ignore this message and do not share the link.',
        },
      ],
    }),
  }),

  'account-exists': template({
    about: 'Somebody signed up with, or changed their address to, one that already has an account.',
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
      preview: 'Sign in with it; no new account was created.',
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        {
          kind: 'text',
          text: `someone, probably you, used this address on ${instance.name}. It already has an account, so no other one was created. Sign in with it:`,
        },
        { kind: 'button', label: 'Sign in', path },
        { kind: 'text', text: `The link works once and expires in ${validMinutes} minutes.` },
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
      preview: `The link works once and expires in ${validMinutes} minutes.`,
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        { kind: 'text', text: 'someone, probably you, asked to reset your password.' },
        { kind: 'button', label: 'Choose a new password', path },
        { kind: 'text', text: `The link works once and expires in ${validMinutes} minutes.` },
        {
          kind: 'note',
          text: 'If you did not request this, ignore this message; your password stays the same.',
        },
      ],
    }),
  }),

  'password-changed': template({
    about: 'A password was changed; its owner is notified.',
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
          text: 'If this was not you, choose a new password at once and contact the operator of this instance.',
        },
        { kind: 'button', label: 'Choose a new password', path },
      ],
    }),
  }),

  'address-changed': template({
    about: 'An account’s address was changed; the previous address is notified.',
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
        {
          kind: 'note',
          text: 'If this was not you, contact the operator of this instance at once.',
        },
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
    about: 'A task type was paused for a worker.',
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
      preview: 'Your standing explains why, and how to get them back.',
      blocks: [
        { kind: 'text', text: `Hello ${name},` },
        { kind: 'text', text: `tasks of the kind “${type}” from one customer are paused for you.` },
        { kind: 'text', text: reason },
        {
          kind: 'text',
          text: 'You can finish tasks you have already accepted, and you keep what you earned. Your standing explains how to get these tasks back.',
        },
        { kind: 'button', label: 'See your standing', path },
      ],
    }),
  }),
};
