import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { AppError, Forbidden, InvalidRequest } from '@/server/platform/errors';
import { log } from '@/server/platform/log';
import { unstorableFaults } from '@/server/platform/storable';
import { onTestClock } from '@/server/platform/test-clock';
import { readWire } from './read-wire';
import type { Session } from './session';
import { signedOut, whileSignedIn } from './while-signed-in';
import { wire } from './wire';

/** The context of every procedure. Browsers and networks are identified by hashes only. */
export interface TrpcContext {
  session: Session;
  deviceHash: string | null;
  networkHash: string | null;
}

/** What pages get about a failure, besides its message. */
export interface FailureFacts {
  code: string;
  param: string | null;
  details: unknown;
}

const PRIVATE_MESSAGE = 'Something went wrong on our side. Try again in a moment.';

const t = initTRPC.context<TrpcContext>().create({
  transformer: {
    input: { serialize: wire.serialize, deserialize: readWire },
    output: wire,
  },
  sse: {
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 40_000 },
  },
  errorFormatter: ({ shape, error }) => {
    const { stack: _stack, ...data } = shape.data;
    return {
      ...shape,
      message: error.code === 'INTERNAL_SERVER_ERROR' ? PRIVATE_MESSAGE : error.message,
      data: { ...data, failure: factsOf(error) },
    };
  },
});

function factsOf(error: TRPCError): FailureFacts {
  const { cause } = error;
  if (cause instanceof AppError) {
    return { code: cause.code, param: cause.param ?? null, details: cause.details ?? null };
  }
  return { code: error.code.toLowerCase(), param: null, details: null };
}

/** tRPC's names of our errors' HTTP statuses. */
const NAMES: Record<number, TRPCError['code']> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  402: 'PAYMENT_REQUIRED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
};

/** Converts an AppError to a tRPC error. */
export function toTrpcError(cause: AppError): TRPCError {
  const code = NAMES[cause.status] ?? 'INTERNAL_SERVER_ERROR';
  return new TRPCError({ code, message: cause.message, cause });
}

/** Converts failures: AppErrors as they are, input faults by field, others as 500. */
const failures = t.middleware(async ({ next, path }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof AppError) throw toTrpcError(cause);
  if (cause instanceof ZodError) {
    const first = cause.issues[0];
    throw new TRPCError({
      code: 'BAD_REQUEST',
      message: first?.message ?? 'The input is not valid.',
      cause: new AppError(400, 'validation_error', 'invalid_field', first?.message ?? '', {
        param: first?.path.join('.'),
        details: cause.issues.map(({ path: at, message }) => ({ param: at.join('.'), message })),
      }),
    });
  }
  if (result.error.code === 'INTERNAL_SERVER_ERROR') {
    log.error({ err: cause ?? result.error, procedure: path }, 'A procedure failed');
  }
  return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Rejects data that the database cannot store, before any procedure sees it. */
const storable = t.middleware(async ({ next, getRawInput }) => {
  const faults = unstorableFaults(await getRawInput());
  if (faults.length > 0) throw InvalidRequest.fromFaults(faults);
  return next();
});

/** Open to everyone, signed in or not. */
export const publicProcedure = t.procedure.use(failures).use(storable);

export const userProcedure = publicProcedure.use(async ({ ctx, next, type }) => {
  const { user, isOpen } = ctx.session;
  if (!user) throw signedOut();
  const result = await next({ ctx: { user } });
  if (type !== 'subscription' || !result.ok) return result;
  return { ...result, data: whileSignedIn(result.data as AsyncIterable<unknown>, isOpen) };
});

/** For members of an organization; `actor` acts for the one shown on the page, in its mode. */
export const memberProcedure = userProcedure.use(async ({ ctx, next, type }) => {
  const { member, isMember } = ctx.session;
  const actor = await member();
  if (!actor) throw new Forbidden('not_a_member', 'You are not a member of this organization.');
  const result = await next({ ctx: { actor } });
  if (type !== 'subscription' || !result.ok) return result;
  const stream = result.data as AsyncIterable<unknown>;
  return { ...result, data: whileSignedIn(stream, () => isMember(actor)) };
});

/** For members' actions on tasks and deliveries: in test mode, at the test clock's time. */
export const clockedProcedure = memberProcedure.use(({ ctx, next }) =>
  onTestClock(ctx.actor, () => next()),
);

export const workerProcedure = userProcedure.use(async ({ ctx, next }) => {
  const actor = await ctx.session.worker();
  if (!actor) throw new Forbidden('not_a_worker', 'This account is not a worker’s.');
  return next({ ctx: { actor } });
});

export const operatorProcedure = userProcedure.use(async ({ ctx, next }) => {
  const actor = await ctx.session.operator();
  if (!actor)
    throw new Forbidden('not_an_operator', 'Only operators of this instance can do this.');
  return next({ ctx: { actor } });
});
