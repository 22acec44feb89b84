import { firstText, isJsonObject, type JsonObject } from '../json/json';

/** What a callback is told about; `shape` where nobody says, and the object itself has to. */
export type CallbackKind =
  'message' | 'edit' | 'revoke' | 'reaction' | 'presence' | 'status' | 'other' | 'shape';

/** Venom's callbacks and, beneath them, WPPConnect's names for the same; in lower case. */
const CALLBACKS: Readonly<Record<string, CallbackKind>> = {
  onmessage: 'shape',
  onanymessage: 'shape',
  onmessageedit: 'edit',
  onmessagedelete: 'revoke',
  onmessagereaction: 'reaction',
  onreaction: 'reaction',
  onchatstate: 'presence',
  onack: 'status',
  onselfmessage: 'shape',
  onreactionmessage: 'reaction',
  onrevokedmessage: 'revoke',
  onpresencechanged: 'presence',
};

export interface Callback {
  readonly kind: CallbackKind;
  /** What the callback was given. */
  readonly item: JsonObject;
}

/** Looks inside `{event: 'onMessage', data: {…}}`, which is how forwarders tell one callback from another. */
export function callbackOf(posted: JsonObject): Callback {
  const name = firstText(posted.event, posted.callback)?.toLowerCase();
  // A message that says something itself is whole, whatever its sender puts beside it.
  const isWhole = name === undefined && firstText(posted.message, posted.body, posted.text) !== null;
  const inner = isWhole ? undefined : [posted.data, posted.payload, posted.message].find(isJsonObject);
  // What stands beside the object is said of it: a session, a company, a phone.
  const item = inner === undefined ? posted : { ...posted, ...inner };
  if (name === undefined) return { kind: 'shape', item };
  if (Object.hasOwn(CALLBACKS, name)) return { kind: CALLBACKS[name] ?? 'shape', item };
  // `onStateChange`, `onAddedToGroup` and their like; a forwarder's own word says nothing.
  return { kind: name.startsWith('on') ? 'other' : 'shape', item };
}
