import { type Hearing, hearOfDeposit } from '@/server/features/deposits';

const ANSWERS: Record<Hearing, { status: number; message: string }> = {
  heard: { status: 200, message: 'Thank you; the rail was asked.' },
  unknown: { status: 404, message: 'There is no such deposit.' },
  too_many: { status: 429, message: 'A deposit is told of 30 times a minute at the most.' },
};

/** A rail's notice that a deposit is paid. Its body is not even read. */
export async function handleDepositNotice(token: string): Promise<Response> {
  const { status, message } = ANSWERS[await hearOfDeposit(token)];
  return Response.json({ message }, { status });
}
