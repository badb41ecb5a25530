import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A one-pixel image. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A one-page PDF with this text. */
export function pdf(words: string): Buffer {
  const content = `BT /F1 24 Tf 40 120 Td (${words}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = text.length;
  const lines = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF`;
  return Buffer.from(text, 'latin1');
}

/** One second of silence. */
function wav(): Buffer {
  const rate = 8_000;
  const data = Buffer.alloc(44 + rate, 128);
  data.write('RIFF', 0);
  data.writeUInt32LE(36 + rate, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(rate, 28);
  data.writeUInt16LE(1, 32);
  data.writeUInt16LE(8, 34);
  data.write('data', 36);
  data.writeUInt32LE(rate, 40);
  return data;
}

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><script>window.top.pwned = 1; fetch("/from-svg")</script><rect width="40" height="40" fill="teal"/></svg>';

const FILES: Record<string, [type: string, body: Buffer]> = {
  '/photo.png': ['image/png', PNG],
  '/drawing.svg': ['image/svg+xml', Buffer.from(SVG)],
  '/invoice.pdf': ['application/pdf', pdf('Invoice 17')],
  '/call.wav': ['audio/wav', wav()],
  '/page.png': ['text/html', Buffer.from('<script>window.pwned = 1</script>')],
};

/** A customer's host, and the requests it received. */
export interface MediaHost {
  url: string;
  asked: { path: string; cookie: string | undefined; referer: string | undefined }[];
  stop: () => void;
}

export async function startMediaHost(): Promise<MediaHost> {
  const asked: MediaHost['asked'] = [];
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push({ path, cookie: request.headers.cookie, referer: request.headers.referer });
    const file = FILES[path];
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': file[0], 'content-length': file[1].length });
    response.end(file[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, stop };
}
