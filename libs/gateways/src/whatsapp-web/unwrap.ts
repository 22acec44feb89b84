import { fieldOf, isJsonObject, type JsonObject } from '../json/json';

/** Fields that hold a message inside a message. */
const WRAPPERS = [
  'ephemeralMessage',
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'documentWithCaptionMessage',
  'editedMessage',
  'deviceSentMessage',
  'groupMentionedMessage',
  'lottieStickerMessage',
  'associatedChildMessage',
  'botInvokeMessage',
];

/** Real messages are wrapped two or three times. */
const MAX_LAYERS = 8;

/** The message proper, without the envelopes for disappearing, once-only, edited and relayed ones. */
export function unwrap(message: JsonObject): JsonObject {
  let inner = message;
  for (let layer = 0; layer < MAX_LAYERS; layer += 1) {
    const next = wrapped(inner);
    if (next === undefined) break;
    inner = next;
  }
  return inner;
}

function wrapped(message: JsonObject): JsonObject | undefined {
  for (const name of WRAPPERS) {
    const wrapper = fieldOf(message, name);
    if (isJsonObject(wrapper) && isJsonObject(wrapper.message)) return wrapper.message;
  }
  return undefined;
}
