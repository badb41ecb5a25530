import { z } from 'zod';
import { Moment, OwnPath, Short, template } from './template';

const Sats = z
  .union([z.int(), z.string().regex(/^-?\d+$/)])
  .transform((amount) => `${BigInt(amount).toLocaleString('en-US')} sats`);

/** What concerns an organization: its people, its endpoints, its funds. */
export const organizationTemplates = {
  invitation: template({
    about: 'Somebody is asked to join a team, or an organization’s own workers.',
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
              ? `${data.inviterName} asks you to join the team of ${data.organizationName} on ${instance.name}${data.role ? `, as ${data.role}` : ''}.`
              : `${data.inviterName} asks you to answer tasks for ${data.organizationName} on ${instance.name}.`,
        },
        { kind: 'button', label: `Join ${data.organizationName}`, path: data.path },
        { kind: 'text', text: `The invitation lets one person in, until ${data.expiresAt}.` },
        { kind: 'note', text: 'You do not know them? Then do nothing.' },
      ],
    }),
  }),

  'endpoint-disabled': template({
    about: 'An endpoint failed for so long that nothing is sent there any more.',
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
      preview: 'Events are kept and can be sent again.',
      blocks: [
        { kind: 'text', text: 'Nothing is sent to this endpoint any more.' },
        {
          kind: 'facts',
          rows: [
            ['Endpoint', url],
            ['Why', reason],
          ],
        },
        {
          kind: 'text',
          text: 'Mend it, enable it again, and replay what it missed.',
        },
        { kind: 'button', label: 'Open the endpoint', path },
      ],
    }),
  }),

  'low-balance': template({
    about: 'The funds of an organization fell below the amount it wants to hear of.',
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
      preview: 'New tasks are refused once it does not cover them.',
      blocks: [
        {
          kind: 'text',
          text: `The ${data.mode} balance of ${data.organizationName} fell below ${data.thresholdSats}. New tasks are refused once it does not cover them.`,
        },
        {
          kind: 'facts',
          rows: [
            ['Available', data.availableSats],
            ['You asked to hear below', data.thresholdSats],
          ],
        },
        { kind: 'button', label: 'Add funds', path: data.path },
      ],
    }),
  }),
};
