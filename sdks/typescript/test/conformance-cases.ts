import { readFileSync } from 'node:fs';

/** The shared cases that every SDK runs. */
export function conformanceCases<T>(name: string): T {
  const url = new URL(`../../conformance/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as T;
}
