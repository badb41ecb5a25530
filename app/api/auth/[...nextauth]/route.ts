import { handleAuth } from '@/server/doors/auth/auth-handler';

export const dynamic = 'force-dynamic';

export const GET = handleAuth;
export const POST = handleAuth;
