import { llmsText } from '@/server/docs/llms';
import { textResponse } from '@/server/docs/text-response';

export async function GET() {
  return textResponse(await llmsText(), 'text/plain');
}
