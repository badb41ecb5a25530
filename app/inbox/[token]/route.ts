import { redirect } from 'next/navigation';
import { handleInbox } from '@/server/doors/inbox-handler';

type Context = { params: Promise<{ token: string }> };

export async function POST(request: Request, { params }: Context): Promise<Response> {
  return handleInbox(request, (await params).token);
}

/** People who open the address are led to where its events are shown, to members alone. */
export function GET(): never {
  redirect('/dashboard/settings/webhooks/inspector');
}
