import { ERROR_TYPES } from '@/server/docs/error-codes';

/**
 * Every error code with its status, cause and remedy, under its type. A code's heading is the code
 * alone, so that `doc_url` leads to it; a type's is more, since some codes are called like their type.
 */
export function errorSections(): string {
  return ERROR_TYPES.map(({ type, summary, codes }) =>
    [
      `## Type \`${type}\``,
      summary,
      ...codes.map(({ code, status, cause, remedy }) =>
        [`### ${code}`, `**Status ${status}.** ${cause}`, remedy].join('\n\n'),
      ),
    ].join('\n\n'),
  ).join('\n\n');
}
