import { z } from 'zod';
import { isMailboxOpen } from '@/server/features/emails';
import { env } from '@/server/platform/env';
import { publicProcedure, router, userProcedure } from '@/server/transport/trpc/init';
import { changeName, getAccount } from './account';
import { changePassword, resetPassword } from './change-password';
import { configuredServices } from './configured-services';
import {
  changeEmail,
  confirmAddress,
  resendConfirmation,
  viewConfirmLink,
} from './confirm-address';
import { disconnectIdentity } from './identities';
import { getOpenLink } from './links';
import { requestReset, requestSignInLink } from './request-link';
import {
  ByLink,
  ChangeEmail,
  ChangeName,
  ChangePassword,
  PROVIDERS,
  RequestReset,
  RequestSignInLink,
  ResetPassword,
  type WaysIn,
} from './schema';
import { listSessions, revokeSession, revokeSessions } from './sessions';

/** Users and their own accounts; nothing here depends on an organization. */
export const accountsRouter = router({
  waysIn: publicProcedure.query(
    (): WaysIn => ({
      services: configuredServices(),
      link: env.SMTP_URL !== undefined || isMailboxOpen(),
      mailbox: isMailboxOpen(),
    }),
  ),
  requestReset: publicProcedure
    .input(RequestReset)
    .mutation(({ ctx, input }) => requestReset(input, ctx.networkHash)),
  requestSignInLink: publicProcedure
    .input(RequestSignInLink)
    .mutation(({ ctx, input }) => requestSignInLink(input, ctx.networkHash)),
  /** Shows the holder of a link whose password it resets. */
  resetLink: publicProcedure.input(ByLink).query(async ({ input }) => {
    const { user } = await getOpenLink('reset_password', input.token);
    return { email: user.email };
  }),
  resetPassword: publicProcedure
    .input(ResetPassword)
    .mutation(({ ctx, input }) => resetPassword(input, ctx.session.user)),
  /** Shows the holder of a link which user it signs in. */
  signInLink: publicProcedure.input(ByLink).query(async ({ input }) => {
    const { user } = await getOpenLink('sign_in', input.token);
    return { name: user.name, email: user.email };
  }),
  confirmLink: publicProcedure
    .input(ByLink)
    .query(({ ctx, input }) => viewConfirmLink(input.token, ctx.session.user)),
  confirmAddress: publicProcedure
    .input(ByLink)
    .mutation(({ ctx, input }) => confirmAddress(input.token, ctx.session.user)),

  me: userProcedure.query(({ ctx }) => getAccount(ctx.user)),
  resendConfirmation: userProcedure.mutation(({ ctx }) => resendConfirmation(ctx.user)),
  changeName: userProcedure
    .input(ChangeName)
    .mutation(({ ctx, input }) => changeName(ctx.user, input)),
  changeEmail: userProcedure
    .input(ChangeEmail)
    .mutation(({ ctx, input }) => changeEmail(ctx.user, input)),
  changePassword: userProcedure
    .input(ChangePassword)
    .mutation(({ ctx, input }) => changePassword(ctx.user, input)),
  disconnectIdentity: userProcedure
    .input(z.object({ provider: z.enum(PROVIDERS) }))
    .mutation(({ ctx, input }) => disconnectIdentity(ctx.user, input.provider)),
  sessions: userProcedure.query(({ ctx }) => listSessions(ctx.user)),
  revokeSession: userProcedure
    .input(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => revokeSession(ctx.user, input.id)),
  revokeSessions: userProcedure
    .input(z.object({ thisOneToo: z.boolean() }))
    .mutation(({ ctx, input }) => revokeSessions(ctx.user, input)),
});
