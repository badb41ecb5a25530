/** One message of a conversation. */
export interface ChatMessage {
  /** Who wrote it, as the payload says. */
  author: string;
  /** Their role, where the payload says both. */
  role: string | null;
  text: string;
  /** What else the payload says of it. */
  others: [name: string, value: unknown][];
}

const AUTHORS = ['author', 'from', 'sender', 'speaker', 'role'];
const TEXTS = ['content', 'text', 'message', 'body'];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text, or the texts of its parts as language models write them; null for anything else. */
function textOf(content: unknown): string | null {
  if (content === null) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  const texts = content.map((part) => (isRecord(part) ? part.text : part));
  return texts.every((text) => typeof text === 'string') ? texts.join('\n') : null;
}

function messageOf(entry: unknown): ChatMessage | null {
  if (!isRecord(entry)) return null;
  const [who, ...alsoWho] = AUTHORS.filter((name) => typeof entry[name] === 'string');
  const what = TEXTS.find((name) => Object.hasOwn(entry, name) && textOf(entry[name]) !== null);
  if (who === undefined || what === undefined) return null;
  const role = alsoWho.includes('role') ? String(entry.role) : null;
  const told = new Set([who, what, ...(role === null ? [] : ['role'])]);
  return {
    author: String(entry[who]),
    role,
    text: textOf(entry[what]) ?? '',
    others: Object.entries(entry).filter(([name]) => !told.has(name)),
  };
}

/** The conversation that a list is, or null where an entry has no author or no text. */
export function chatMessagesOf(value: unknown): ChatMessage[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const messages = value.map(messageOf).filter((message) => message !== null);
  const isChat = messages.length === value.length && messages.some(({ text }) => text !== '');
  return isChat ? messages : null;
}
