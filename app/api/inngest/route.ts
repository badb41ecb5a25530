import { jobsDoor } from '@/server/jobs';

export const dynamic = 'force-dynamic';

/** Where the engine registers and calls the background functions. */
export const { GET, POST, PUT } = jobsDoor;
