import { firstText, isJsonObject, type JsonObject } from '../json/json';

/** What a callback reports; `shape` if no name says so and the object itself has to. */
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
  /** The callback's argument. */
  readonly item: JsonObject;
}

/** Unpacks `{event: 'onMessage', data: {…}}`, by which forwarders tell one callback from another. */
export function callbackOf(posted: JsonObject): Callback {
  const name = firstText(posted.event, posted.callback)?.toLowerCase();
  // A message that says something itself is complete, whatever its sender adds to it.
  const isWhole = name === undefined && firstText(posted.message, posted.body, posted.text) !== null;
  const inner = isWhole ? undefined : [posted.data, posted.payload, posted.message].find(isJsonObject);
  // Fields next to the object belong to it: a session, a company, a phone.
  const item = inner === undefined ? posted : { ...posted, ...inner };
  if (name === undefined) return { kind: 'shape', item };
  if (Object.hasOwn(CALLBACKS, name)) return { kind: CALLBACKS[name] ?? 'shape', item };
  // `onStateChange`, `onAddedToGroup` and similar names; a forwarder's own word says nothing.
  return { kind: name.startsWith('on') ? 'other' : 'shape', item };
}
