import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { buildConnector } from 'undici';
import { isLocalhost, isPublicAddress } from '@app/platform';

/** Nothing was sent, because no connection was made. The message says why, but not to which address. */
class NotConnectedError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof ForbiddenAddressError ? cause.message : whyOf(cause), { cause });
  }
}

function whyOf(cause: unknown): string {
  const { code, message } = cause as { code?: string; message?: string };
  // OpenSSL's words for an answer that is no TLS.
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER') return `${code}: this port speaks http, not https`;
  return code ?? message ?? 'no connection';
}

class ForbiddenAddressError extends Error {
  constructor() {
    super('its address is private or loopback');
  }
}

/** True if the address is one that is not called. */
export function isForbidden(error: NotConnectedError): boolean {
  return error.cause instanceof ForbiddenAddressError;
}

export function isNotConnected(error: unknown): error is NotConnectedError {
  return error instanceof NotConnectedError;
}

/** Connects once, and knows whether it did. */
export function watchedConnector({ allowPrivate, timeoutMs }: { allowPrivate: boolean; timeoutMs: number }): {
  connect: buildConnector.connector;
  wasMade: () => boolean;
} {
  const connector = buildConnector({
    timeout: timeoutMs,
    // Checked when the name is resolved for the connection: after an earlier check it could mean something else.
    lookup: allowPrivate ? anyLookup : publicLookup,
  });
  let made = false;
  return {
    wasMade: () => made,
    connect: (options, callback) => {
      // An address in place of a name is not looked up.
      if (!allowPrivate && isPublicAddress(options.hostname) === false) {
        callback(new NotConnectedError(new ForbiddenAddressError()), null);
        return;
      }
      connector(options, (...[error, socket]) => {
        if (error) {
          callback(new NotConnectedError(error), null);
          return;
        }
        made = true;
        callback(null, socket);
      });
    },
  };
}

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

const LOOPBACK: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** Looks a name up; `localhost` is both of its addresses, because its server may listen on either. */
function anyLookup(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  if (isLocalhost(hostname) && options.all) callback(null, [...LOOPBACK]);
  else dnsLookup(hostname, options, callback);
}

/** Looks a name up, and refuses it if any of its addresses is not public: we do not choose which one is used. */
function publicLookup(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      // Then Node gives no list.
      callback(error, []);
      return;
    }
    const [first] = addresses;
    if (!first) callback(null, []);
    else if (addresses.some(({ address }) => isPublicAddress(address) !== true)) {
      callback(new ForbiddenAddressError(), []);
    } else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
}
