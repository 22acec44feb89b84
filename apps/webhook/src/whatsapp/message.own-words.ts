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
 * What the plain calls hand on as the forwarder wrote it, for it is the bot's owner who wrote it: metadata whole, a type
 * of their own, an address of media that only they can open.
 */
export function asWritten(event: GatewayEvent, item: JsonObject): GatewayEvent {
  if (event.kind !== 'message') return event;
  const { type, media, metadata } = item;
  const said: { -readonly [K in keyof MessageEvent]: MessageEvent[K] } = { ...event };
  if (event.type === 'text' && typeof type === 'string' && WORD.test(type) && messageTypeOf(type) === null)
    said.type = type;
  if (event.media.length === 1) said.media = event.media.map((one) => ({ ...one, ...addressIn(media) }));
  // Twice: first for the order, last because what was read of it is a cut copy.
  if (isJsonObject(metadata)) said.metadata = { ...metadata, ...event.metadata, ...metadata };
  return said;
}

/** Any address but a file that pretends to be one. */
function addressIn(media: unknown): { url?: string } {
  const url = isJsonObject(media) ? media.url : media;
  const isAddress =
    typeof url === 'string' && url.trim() !== '' && url.length <= MAX_URL_LENGTH && !isFileText(url);
  return isAddress && !/^data:/i.test(url) ? { url } : {};
}
