import { handleTrpc } from '@/server/doors/trpc/handler';

export const dynamic = 'force-dynamic';

export const GET = handleTrpc;
export const POST = handleTrpc;
