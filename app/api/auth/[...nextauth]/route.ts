import { handleAuth } from '@/server/transport/auth-handler';

export const dynamic = 'force-dynamic';

export const GET = handleAuth;
export const POST = handleAuth;
