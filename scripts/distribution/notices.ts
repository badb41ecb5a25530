import { licenceTexts, listPackages, readLockfile } from '../release/licences';

/**
 * The published package's third-party notices: each package with its licence, and each licence text
 * once, below the packages that it covers.
 */
export function thirdPartyNotices(): string {
  const byText = new Map<string, string[]>();
  for (const { name, version, licence, place, isShipped } of listPackages(readLockfile())) {
    if (!isShipped) continue;
    const texts = licenceTexts(place);
    const text = texts.length > 0 ? texts.join('\n\n') : `Licence: ${licence}`;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${licence})`]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  return `HumanRail contains or depends on the following works of others.${line}${parts.join(line)}\n`;
}
