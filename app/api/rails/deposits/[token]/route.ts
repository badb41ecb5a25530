import { handleDepositNotice } from '@/server/doors/deposit-notice-handler';

type Context = { params: Promise<{ token: string }> };

export async function POST(_request: Request, { params }: Context): Promise<Response> {
  return handleDepositNotice((await params).token);
}
