import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

/** The body of an answer; if it was longer than allowed, `isWhole` is false and `text` is its beginning. */
export interface Body {
  text: string;
  isWhole: boolean;
}

type Decoder = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const unzip = promisify(gunzip) as Decoder;
const unwrap = promisify(inflate) as Decoder;
const unwrapRaw = promisify(inflateRaw) as Decoder;

/** We do not ask for these (we send no `Accept-Encoding`), but servers and CDNs may still compress. */
const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: unzip,
  'x-gzip': unzip,
  br: promisify(brotliDecompress),
  // Some servers send the bare stream under this name, without the wrapping that RFC 9110 requires.
  deflate: (bytes, options) => unwrap(bytes, options).catch(() => unwrapRaw(bytes, options)),
};

/**
 * Reads a body up to a bound, which applies to the received and to the unpacked bytes, and ends its stream there. A body
 * that is not encoded as `contentEncoding` says stays as it came.
 */
export async function readBounded(
  stream: AsyncIterable<Buffer>,
  maxBytes: number,
  contentEncoding?: string | string[],
): Promise<Body> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      chunks.push(chunk.subarray(0, chunk.length - (bytes - maxBytes)));
      // Leaving the loop destroys the stream, and with it the connection.
      return { text: Buffer.concat(chunks).toString('utf8'), isWhole: false };
    }
    chunks.push(chunk);
  }
  return decoded(Buffer.concat(chunks), codingsOf(contentEncoding), maxBytes);
}

async function decoded(bytes: Buffer, codings: readonly string[], maxBytes: number): Promise<Body> {
  let rest = bytes;
  try {
    for (const coding of codings) {
      const decode = DECODERS[coding];
      if (decode && rest.length > 0) rest = await decode(rest, { maxOutputLength: maxBytes });
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') return { text: '', isWhole: false };
    return { text: bytes.toString('utf8'), isWhole: true };
  }
  return { text: rest.toString('utf8'), isWhole: true };
}

/** In the order of decoding: the header names them in the order of encoding. */
function codingsOf(header: string | string[] | undefined): string[] {
  return [header ?? []]
    .flat()
    .flatMap((text) => text.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .reverse();
}
