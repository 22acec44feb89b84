import type { SenderSettings } from './gateway-settings';
import type { JsonObject } from './json/json';

/** A customer's file, as its message names it. */
export interface CustomerFile {
  readonly messageId: string | null;
  /** `account`: the business's; `chatId`: in the gateway's spelling. */
  readonly source: { readonly account: string | null; readonly chatId: string };
  /** The gateway's id for it, and its address, where it has them. */
  readonly media: { readonly id?: string; readonly url?: string } | null;
}

/** A call below the address at which the gateway takes replies. */
export interface FileCall {
  /** Segments, not encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** It is a `POST` with this as JSON; left out: a `GET`. */
  readonly body?: object;
  /** What its answer, in JSON, leads to; null where it does not lead to the file. Left out: the answer is the file. */
  readonly next?: (answer: JsonObject) => FileWay | null;
}

/** Its bytes, in base64. */
export interface FileBytes {
  readonly base64: string;
}

/** An address on the internet, or on the gateway's own server. */
export interface FileAddress {
  readonly url: URL;
  /** Shown to the gateway's own server, and to `hosts`; to no other, also behind a redirect. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly hosts?: RegExp;
}

/** How to get at a file. It is only described here; the caller decides about limits of time and size, and whom it calls. */
export type FileWay = FileCall | FileAddress | FileBytes;

/** The way to a customer's file; null if there is none. Without the settings of a sender there is no server of the gateway's own. */
export type Files = (file: CustomerFile, sender: SenderSettings | null) => FileWay | null;

/** WhatsApp's own servers hold files encrypted: only the client that has the message's key can read them. */
const ENCRYPTED = /(?:^|\.)whatsapp\.net$/i;

/** The file's own address, which anybody may fetch. */
export function openFile(file: CustomerFile): FileAddress | null {
  const url = addressOfFile(file);
  return url === null || ENCRYPTED.test(url.hostname) ? null : { url };
}

/** The address that the message names; null if it is none. */
export function addressOfFile({ media }: CustomerFile): URL | null {
  return media?.url !== undefined && URL.canParse(media.url) ? new URL(media.url) : null;
}
