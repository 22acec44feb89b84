import { isJsonObject, type JsonObject } from '../json/json';

/** Real messages are wrapped two or three times. */
const MAX_LAYERS = 8;

/**
 * The inner message, without the envelopes for disappearing, once-only, edited, forwarded and relayed ones.
 *
 * WhatsApp adds an envelope every few months (`FutureProofMessage`), all of one form, so none is recognised by its name.
 */
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
  for (const wrapper of Object.values(message)) {
    if (isJsonObject(wrapper) && isJsonObject(wrapper.message)) return wrapper.message;
  }
  return undefined;
}
