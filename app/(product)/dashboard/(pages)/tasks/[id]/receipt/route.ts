import { TRPCError } from '@trpc/server';
import { pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';

/** A task's signed receipt, as a download. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  if (!(await (await pageSession()).member())) {
    return Response.json({ message: 'You are signed out. Sign in again.' }, { status: 401 });
  }
  const { receipts } = await pageCaller();
  try {
    return Response.json(await receipts.get({ id }), {
      headers: {
        'Content-Disposition': `attachment; filename="receipt-${id}.json"`,
        'Cache-Control': 'no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const status = error.code === 'NOT_FOUND' ? 404 : error.code === 'CONFLICT' ? 409 : 500;
    return Response.json({ message: error.message }, { status });
  }
}
