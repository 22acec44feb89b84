import { Injectable } from '@nestjs/common';
import { addressBelow, type FileAddress, type FileCall, type FileWay, objectOf } from '@app/gateways';
import { callOnce, type Headers, type Outcome } from '../http/one-call';
import { failed, type Step } from './step';

/** A customer's file. */
export interface FetchedFile {
  bytes: Buffer;
  /** As its server says; null if it does not. */
  mimeType: string | null;
}

/** Within which a file is fetched. */
export interface FetchLimits {
  /** To the end of the file, ms. */
  timeoutMs: number;
  /** Of the file; a larger one is cut off while it streams. */
  maxBytes: number;
  signal: AbortSignal;
}

/** Calls and redirects that may lead to a file. */
const MOST_STEPS = 6;
const REDIRECTS = [301, 302, 303, 307, 308];
/** What stands around a file's bytes in base64. */
const AROUND_BYTES = 65_536;

type Read = { bytes: Buffer; isWhole: boolean };

/**
 * Fetches customers' files. Only the gateway's own server, at exactly the address that the operator has set, may have an address that the
 * internet cannot reach, and only it, and hosts that the gateway names, are shown its token. Both are judged anew at each redirect; a
 * name's addresses when the connection is made.
 */
@Injectable()
export class FileFetcher {
  /** @param ownUrl where the gateway takes replies; null if that is not known. */
  async fetch(way: FileWay, ownUrl: string | null, limits: FetchLimits): Promise<Step<FetchedFile>> {
    const endsAt = performance.now() + limits.timeoutMs;
    let next: FileWay = way;
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      if ('base64' in next) return fileFrom(next.base64, limits.maxBytes);
      const timeoutMs = Math.max(1, Math.ceil(endsAt - performance.now()));
      const led = await lead(next, ownUrl, Object.assign({}, limits, { timeoutMs }));
      if ('kind' in led) return led;
      next = led.way;
    }
    return { kind: 'missing', why: 'no-file', error: 'too many redirects' };
  }
}

/** One call: the file, or the next call's way. */
async function lead(
  way: FileCall | FileAddress,
  ownUrl: string | null,
  limits: FetchLimits,
): Promise<Step<FetchedFile> | { way: FileWay }> {
  const request = requestOf(way, ownUrl);
  if (request === null) return missing('its gateway names no address that can be called');
  const leads = 'next' in way;
  const maxBytes = leads ? AROUND_BYTES + Math.ceil((limits.maxBytes * 4) / 3) : limits.maxBytes;
  const call = await callOnce<Read>(
    request,
    Object.assign({ allowPrivate: request.isOwn }, limits),
    (stream, headers) => readUpTo(maxBytes, stream, headers),
  );
  const redirect = redirectOf(call, request.url);
  if (redirect)
    return { way: Object.assign({}, 'url' in way ? way : { headers: way.headers }, { url: redirect }) };
  if (call.kind !== 'answered' || call.status < 200 || call.status > 299) return failed(call, 'no-file');
  const { bytes, isWhole } = call.body;
  if (!isWhole) return { kind: 'missing', why: 'too-large', error: `more than ${limits.maxBytes} bytes` };
  if (!leads) return { kind: 'done', value: { bytes, mimeType: textOf(call.headers['content-type']) } };
  const next = way.next(objectOf(parsed(bytes)));
  return next === null ? missing('its gateway’s answer names no file') : { way: next };
}

interface Request {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: string;
  isOwn: boolean;
}

function requestOf(way: FileCall | FileAddress, ownUrl: string | null): Request | null {
  if ('url' in way) {
    const { url, hosts } = way;
    if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null;
    const isOwn = ownUrl !== null && url.origin === new URL(ownUrl).origin;
    const isShown = isOwn || (url.protocol === 'https:' && hosts?.test(url.hostname) === true);
    return { method: 'GET', url, headers: { ...(isShown && way.headers) }, isOwn };
  }
  const { path, query, headers, body } = way;
  const url = ownUrl === null ? null : addressBelow(ownUrl, path, query);
  if (url === null) return null;
  if (body === undefined) return { method: 'GET', url, headers: { ...headers }, isOwn: true };
  const json = { 'content-type': 'application/json', ...headers };
  return { method: 'POST', url, headers: json, body: JSON.stringify(body), isOwn: true };
}

function redirectOf(call: Outcome<Read>, from: URL): URL | null {
  if (call.kind !== 'answered' || !REDIRECTS.includes(call.status)) return null;
  const location = textOf(call.headers.location);
  return location !== null && URL.canParse(location, from.href) ? new URL(location, from.href) : null;
}

async function readUpTo(maxBytes: number, stream: AsyncIterable<Buffer>, headers: Headers): Promise<Read> {
  if (Number(headers['content-length'] ?? 0) > maxBytes) return { bytes: Buffer.alloc(0), isWhole: false };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (size > maxBytes) return { bytes: Buffer.alloc(0), isWhole: false };
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks), isWhole: true };
}

function fileFrom(base64: string, maxBytes: number): Step<FetchedFile> {
  // Some gateways write it as a `data:` URI.
  const bytes = Buffer.from(base64.slice(base64.indexOf(',') + 1), 'base64');
  if (bytes.length === 0) return missing('its gateway’s answer holds no file');
  return bytes.length > maxBytes
    ? { kind: 'missing', why: 'too-large', error: `more than ${maxBytes} bytes` }
    : { kind: 'done', value: { bytes, mimeType: null } };
}

function missing(error: string): Step<never> {
  return { kind: 'missing', why: 'no-file', error };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}

function textOf(header: string | string[] | undefined): string | null {
  return [header].flat()[0] ?? null;
}
