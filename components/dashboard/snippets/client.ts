import type { Language } from '@/components/ui/code/use-language';
import { shellDoubleQuoted } from './literals';

/** Whom a program calls, and as whom. */
export interface Access {
  /**
   * The whole text of an API key; null for a program that reads it from `HUMANRAIL_API_KEY`, which can be
   * shown to anybody.
   */
  key: string | null;
  /** This instance, without a trailing slash. */
  publicUrl: string;
}

type SdkLanguage = Exclude<Language, 'curl'>;

/** What has to be there before a program runs, as its first line. */
export const INSTALL: Record<SdkLanguage, string> = {
  python: '# pip install humanrail',
  typescript: '// npm install @humanrail/sdk',
  go: '// go get github.com/prime001/humanrail-sdk/go',
};

/** Text between double quotes means the same in all three. */
const quoted = JSON.stringify;

/** The client of each SDK, made. */
export const CLIENT: Record<SdkLanguage, (access: Access) => string> = {
  python: ({ key, publicUrl }) =>
    `HumanRail(${key === null ? '' : `api_key=${quoted(key)}, `}base_url=${quoted(`${publicUrl}/v1`)})`,
  typescript: ({ key, publicUrl }) =>
    `new HumanRail({ ${key === null ? '' : `apiKey: ${quoted(key)}, `}baseUrl: ${quoted(`${publicUrl}/v1`)} })`,
  go: ({ key, publicUrl }) =>
    `humanrail.NewClient(${key === null ? '""' : quoted(key)}, humanrail.WithBaseURL(${quoted(`${publicUrl}/v1`)}))`,
};

/** The header that says who calls, for curl. */
export function bearer({ key }: Access): string {
  return `-H ${key === null ? '"Authorization: Bearer $HUMANRAIL_API_KEY"' : shellDoubleQuoted(`Authorization: Bearer ${key}`)}`;
}
