import { type Hearing, hearOfDeposit } from '@/server/features/deposits';

const ANSWERS: Record<Hearing, { status: number; message: string }> = {
  heard: { status: 200, message: 'The rail was queried.' },
  unknown: { status: 404, message: 'There is no such deposit.' },
  too_many: {
    status: 429,
    message: 'At most 30 notifications per minute and deposit are allowed.',
  },
};

/** Handles a rail's payment notification. The body is ignored. */
export async function handleDepositNotice(token: string): Promise<Response> {
  const { status, message } = ANSWERS[await hearOfDeposit(token)];
  return Response.json({ message }, { status });
}
