import { handleRefundClaim } from '@/server/doors/lnurl-handler';

type Context = { params: Promise<{ secret: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return handleRefundClaim(request, (await params).secret);
}
