import {
  type GatewayEvent,
  isFileText,
  isJsonObject,
  type JsonObject,
  type MessageEvent,
  messageTypeOf,
} from '@app/gateways';

const WORD = /^[\w-]{1,32}$/;
const MAX_URL_LENGTH = 8192;

/**
 * Keeps what the plain calls pass on as the forwarder wrote it, because the bot's owner wrote it: all metadata, their own
 * type, an address of media that only they can open.
 */
export function asWritten(event: GatewayEvent, item: JsonObject): GatewayEvent {
  if (event.kind !== 'message') return event;
  const { type, media, metadata } = item;
  const said: { -readonly [K in keyof MessageEvent]: MessageEvent[K] } = { ...event };
  if (event.type === 'text' && typeof type === 'string' && WORD.test(type) && messageTypeOf(type) === null)
    said.type = type;
  if (event.media.length === 1) said.media = event.media.map((one) => ({ ...one, ...addressIn(media) }));
  // Spread twice: first for the order, last because the reader has kept only a cut copy.
  if (isJsonObject(metadata)) said.metadata = { ...metadata, ...event.metadata, ...metadata };
  return said;
}

/** Any address except a file that is disguised as one. */
function addressIn(media: unknown): { url?: string } {
  const url = isJsonObject(media) ? media.url : media;
  const isAddress =
    typeof url === 'string' && url.trim() !== '' && url.length <= MAX_URL_LENGTH && !isFileText(url);
  return isAddress && !/^data:/i.test(url) ? { url } : {};
}
