import { z } from 'zod';
import { FindGolds } from '@/server/features/golds/schema';

/** What the list's address asks for. Its type is typed, so the server says what is wrong with it. */
export const FindTypedGolds = FindGolds.extend({ type: z.string().trim().max(128).optional() });
