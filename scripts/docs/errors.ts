import { ERROR_TYPES } from '@/server/docs/error-codes';

/**
 * Every error code with its status, cause and remedy, under its type. A code's heading is only the
 * code, so that `doc_url` links to it; a type's heading has more words, because some codes have the
 * same name as their type.
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
