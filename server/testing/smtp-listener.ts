import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { env } from '@/server/platform/env';

/** A message as received by the mail server. */
export interface TakenMail {
  from: string;
  to: string;
  /** Headers by lower-case name, with folded lines joined. */
  headers: Record<string, string>;
  /** The whole message, with quoted-printable parts decoded. */
  text: string;
}

interface Envelope {
  from: string;
  to: string[];
  /** The message so far; null outside of DATA. */
  lines: string[] | null;
}

export interface SmtpListener {
  readonly url: string;
  /** Messages received for an address, oldest first. */
  taken(to: string): TakenMail[];
  /** Sets the response to recipients from now on; default `250 OK`. */
  answer(line: string): void;
  /** Drops the connection after the message, before acknowledging it, `times` times. */
  hangUp(times: number): void;
}

/**
 * Runs a real mail server on loopback for the test file that calls this at its top level, and
 * configures this process to use it.
 */
export function useSmtpListener(): SmtpListener {
  const mails: TakenMail[] = [];
  const sockets = new Set<Socket>();
  let server: Server;
  let answer = '250 OK';
  let hangUps = 0;
  const url = () => `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Responds to a command, and updates the envelope. */
  function reply(mail: Envelope, line: string): string {
    const [verb = ''] = line.toUpperCase().split(/[ :]/);
    const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
    switch (verb) {
      case 'EHLO':
        return '250-test\r\n250 8BITMIME';
      case 'MAIL':
        mail.from = address;
        mail.to = [];
        return '250 OK';
      case 'RCPT':
        if (answer.startsWith('250')) mail.to.push(address);
        return answer;
      case 'DATA':
        mail.lines = [];
        return '354 Go on';
      case 'QUIT':
        return '221 Bye';
      default:
        return '250 OK';
    }
  }

  /** Adds a line of a message; returns true after the last. */
  function take(mail: Envelope, lines: string[], line: string): boolean {
    if (line !== '.') {
      lines.push(line.replace(/^\./, ''));
      return false;
    }
    for (const to of mail.to) mails.push({ from: mail.from, to, ...parsed(lines.join('\n')) });
    mail.lines = null;
    return true;
  }

  async function converse(socket: Socket): Promise<void> {
    const say = (line: string) => socket.write(`${line}\r\n`);
    const mail: Envelope = { from: '', to: [], lines: null };
    say('220 test ESMTP');
    for await (const line of createInterface({ input: socket })) {
      if (!mail.lines) {
        say(reply(mail, line));
        continue;
      }
      if (!take(mail, mail.lines, line)) continue;
      if (hangUps > 0) {
        hangUps -= 1;
        socket.destroy();
        return;
      }
      say('250 OK');
    }
  }

  beforeAll(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      converse(socket).catch(() => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    env.SMTP_URL = url();
  });

  afterEach(() => {
    answer = '250 OK';
    hangUps = 0;
  });

  afterAll(async () => {
    delete env.SMTP_URL;
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  return {
    get url() {
      return url();
    },
    taken: (to) => mails.filter((mail) => mail.to === to),
    answer: (line) => {
      answer = line;
    },
    hangUp: (times) => {
      hangUps = times;
    },
  };
}

function parsed(message: string): Pick<TakenMail, 'headers' | 'text'> {
  const [head = ''] = message.split('\n\n', 1);
  const headers: Record<string, string> = {};
  for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [name = '', ...rest] = line.split(':');
    headers[name.toLowerCase()] = rest.join(':').trim();
  }
  const bytes = message
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return { headers, text: Buffer.from(bytes, 'latin1').toString('utf8') };
}
