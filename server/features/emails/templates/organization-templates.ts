import { z } from 'zod';
import { Moment, OwnPath, Short, template } from './template';

const Sats = z
  .union([z.int(), z.string().regex(/^-?\d+$/)])
  .transform((amount) => `${BigInt(amount).toLocaleString('en-US')} sats`);

/** E-mails about an organization: its people, endpoints and funds. */
export const organizationTemplates = {
  invitation: template({
    about: 'Somebody is invited to a team, or to an organization’s own workers.',
    secret: true,
    data: z.strictObject({
      kind: z.enum(['team', 'pool']),
      organizationName: Short,
      inviterName: Short,
      /** What a team's member may do. */
      role: Short.optional(),
      expiresAt: Moment,
      path: OwnPath,
    }),
    sample: {
      kind: 'team',
      organizationName: 'Acme',
      inviterName: 'Grace',
      role: 'developer',
      expiresAt: '2026-12-02T09:30:00.000Z',
      path: '/invitations/sample',
    },
    compose: (data, instance) => ({
      subject: `${data.inviterName} invites you to ${data.organizationName}`,
      preview:
        data.kind === 'team'
          ? `Join the team of ${data.organizationName} on ${instance.name}.`
          : `Answer tasks for ${data.organizationName} on ${instance.name}.`,
      blocks: [
        {
          kind: 'text',
          text:
            data.kind === 'team'
              ? `${data.inviterName} invites you to join the team of ${data.organizationName} on ${instance.name}${data.role ? `, as ${data.role}` : ''}.`
              : `${data.inviterName} invites you to answer tasks for ${data.organizationName} on ${instance.name}.`,
        },
        { kind: 'button', label: `Join ${data.organizationName}`, path: data.path },
        { kind: 'text', text: `The invitation is valid for one person, until ${data.expiresAt}.` },
        { kind: 'note', text: 'If you do not know them, ignore this message.' },
      ],
    }),
  }),

  'endpoint-disabled': template({
    about: 'An endpoint was disabled after failing for too long.',
    secret: false,
    data: z.strictObject({
      organizationName: Short,
      url: z.string().max(2_048),
      reason: Short,
      path: OwnPath,
    }),
    sample: {
      organizationName: 'Acme',
      url: 'https://acme.example/hooks',
      reason: 'It answered with errors for three days.',
      path: '/dashboard/settings/webhooks',
    },
    compose: ({ organizationName, url, reason, path }) => ({
      subject: `A webhook endpoint of ${organizationName} is disabled`,
      preview: 'Events are kept and can be replayed.',
      blocks: [
        { kind: 'text', text: 'Deliveries to this endpoint have stopped.' },
        {
          kind: 'facts',
          rows: [
            ['Endpoint', url],
            ['Why', reason],
          ],
        },
        {
          kind: 'text',
          text: 'Fix it, enable it again, and replay the events it missed.',
        },
        { kind: 'button', label: 'Open the endpoint', path },
      ],
    }),
  }),

  'low-balance': template({
    about: 'An organization’s balance fell below its alert threshold.',
    secret: false,
    data: z.strictObject({
      organizationName: Short,
      mode: z.enum(['live', 'test']).default('live'),
      availableSats: Sats,
      thresholdSats: Sats,
      path: OwnPath,
    }),
    sample: {
      organizationName: 'Acme',
      mode: 'live',
      availableSats: 8_200,
      thresholdSats: 10_000,
      path: '/dashboard/billing',
    },
    compose: (data) => ({
      subject: `${data.organizationName} has ${data.availableSats} left`,
      preview: 'New tasks are rejected once the balance no longer covers them.',
      blocks: [
        {
          kind: 'text',
          text: `The ${data.mode} balance of ${data.organizationName} fell below ${data.thresholdSats}. New tasks are rejected once the balance no longer covers them.`,
        },
        {
          kind: 'facts',
          rows: [
            ['Available', data.availableSats],
            ['Alert threshold', data.thresholdSats],
          ],
        },
        { kind: 'button', label: 'Add funds', path: data.path },
      ],
    }),
  }),
};
