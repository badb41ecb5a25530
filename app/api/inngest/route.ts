import { serve } from 'inngest/next';
import { inngest, jobs } from '@/server/jobs';

export const dynamic = 'force-dynamic';

/** Where the engine registers and calls the background functions. */
export const { GET, POST, PUT } = serve({ client: inngest, functions: jobs });
