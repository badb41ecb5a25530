import type { ReactNode } from 'react';
import classes from '@/components/payload/payload.module.css';

/**
 * Characters that take no room or turn the direction around: they can make a text read as something
 * else than it is. Joiners belong to emoji and to several scripts, so they count only beside Latin
 * letters, digits and signs.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]|(?<=[\u0020-\u007e])[\u200c\u200d]+(?=[\u0020-\u007e])/g;

const NAMES: Record<string, string> = {
  '200B': 'zero-width space',
  '200C': 'zero-width non-joiner',
  '200D': 'zero-width joiner',
  '200E': 'left-to-right mark',
  '200F': 'right-to-left mark',
  '202A': 'left-to-right embedding',
  '202B': 'right-to-left embedding',
  '202C': 'end of direction',
  '202D': 'left-to-right override',
  '202E': 'right-to-left override',
  '2066': 'left-to-right isolate',
  '2067': 'right-to-left isolate',
  '2068': 'first strong isolate',
  '2069': 'end of isolate',
  FEFF: 'byte order mark',
  '00AD': 'soft hyphen',
};

/** A text in which unseen characters are shown by their code, and so have no effect. */
export function withUnseenShown(text: string): ReactNode {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(UNSEEN)) {
    if (index > at) parts.push(text.slice(at, index));
    const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const name = NAMES[code] ?? 'unseen character';
    parts.push(
      <bdi key={index} className={classes.unseen} title={`U+${code}, ${name}`}>
        <span className="visually-hidden">{` ${name} `}</span>
        <span aria-hidden="true">U+{code}</span>
      </bdi>,
    );
    at = index + found.length;
  }
  if (parts.length === 0) return text;
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}
