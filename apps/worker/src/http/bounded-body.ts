import type { Readable } from 'node:stream';

/** The body of an answer; `isWhole` is false where it was longer than allowed, and `text` is how it began. */
export interface Body {
  text: string;
  isWhole: boolean;
}

/** Reads a body up to a bound, and ends its stream there. */
export async function readBounded(stream: Readable, maxBytes: number): Promise<Body> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      chunks.push(chunk.subarray(0, chunk.length - (bytes - maxBytes)));
      // Leaving the loop destroys the stream, and with it the connection.
      return { text: Buffer.concat(chunks).toString('utf8'), isWhole: false };
    }
    chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString('utf8'), isWhole: true };
}
