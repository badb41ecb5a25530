import type { IncomingMessage, ServerResponse } from 'node:http';
import { NodeRequest as BaseRequest } from 'srvx/node';

/**
 * A Node message as a `Request`. Its body is read as bytes without an intermediate stream, which
 * would cost more than the read itself.
 */
export class NodeRequest extends BaseRequest {
  private readonly message: IncomingMessage;

  constructor(message: IncomingMessage, response: ServerResponse) {
    super({ req: message, res: response });
    this.message = message;
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    if (this.bodyUsed || this.message.readableEnded) return super.arrayBuffer();
    const chunks: Buffer[] = [];
    for await (const chunk of this.message as AsyncIterable<Buffer>) chunks.push(chunk);
    const bytes = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0));
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.byteLength;
    }
    return bytes.buffer;
  }
}
