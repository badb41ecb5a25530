import type { NextRequest } from 'next/server';
import { handleMedia } from '@/server/doors/media-handler';

export const dynamic = 'force-dynamic';

export async function GET(request: NextRequest, context: { params: Promise<{ taskId: string }> }) {
  const { taskId } = await context.params;
  return handleMedia(request, taskId);
}
