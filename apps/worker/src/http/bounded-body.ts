import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { textOf } from './charset';

/** The body of an answer; if it was longer than allowed, `isWhole` is false and `text` is its beginning. */
export interface Body {
  text: string;
  isWhole: boolean;
}

/** What says how a body is to be read. */
type BodyHeaders = Readonly<Record<string, string | string[] | undefined>>;

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
 * that is not encoded as its headers say stays as it came.
 */
export async function readBounded(
  stream: AsyncIterable<Buffer>,
  maxBytes: number,
  headers: BodyHeaders = {},
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
  return decoded(Buffer.concat(chunks), headers, maxBytes);
}

async function decoded(bytes: Buffer, headers: BodyHeaders, maxBytes: number): Promise<Body> {
  const text = (whole: Buffer): Body => ({ text: textOf(whole, headers['content-type']), isWhole: true });
  let rest = bytes;
  try {
    for (const coding of codingsOf(headers['content-encoding'])) {
      const decode = DECODERS[coding];
      if (decode && rest.length > 0) rest = await decode(rest, { maxOutputLength: maxBytes });
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') return { text: '', isWhole: false };
    return text(bytes);
  }
  return text(rest);
}

/** In the order of decoding: the header names them in the order of encoding. */
function codingsOf(header: string | string[] | undefined): string[] {
  return [header ?? []]
    .flat()
    .flatMap((text) => text.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .reverse();
}
