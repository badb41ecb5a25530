import { llmsFullText } from '@/server/docs/llms';
import { textResponse } from '@/server/docs/text-response';

export async function GET() {
  return textResponse(await llmsFullText(), 'text/plain');
}
