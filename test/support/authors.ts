/** The forms in which each gateway reports a message, its edit and its revocation, for every author and kind of chat. */

/** The author and the chat: `chat` is their own, or a group's. */
export interface Writer {
  chat: string;
  /** In a group. */
  participant?: string;
  /** Another id of the author, if the gateway shows it. */
  alt?: string;
  /** The business's own account. */
  fromMe?: boolean;
}

export interface AuthorFormat {
  gateway: string;
  says: (by: Writer, id: string, text: string) => object;
  edits: (by: Writer, id: string, target: string, text: string) => object;
  revokes: (by: Writer, id: string, target: string) => object;
}

const OURS = '79007654321@s.whatsapp.net';
const AT_S = 1763700001;

const upsert = (by: Writer, id: string, message: object): object => ({
  event: 'messages.upsert',
  instance: 'salon',
  sender: OURS,
  data: { key: keyOf(by, id), messageTimestamp: AT_S, message },
});
const EVOLUTION: AuthorFormat = {
  gateway: 'evolution',
  says: (by, id, conversation) => upsert(by, id, { conversation }),
  edits: (by, id, target, text) => upsert(by, id, { protocolMessage: protocol(by, target, text) }),
  revokes: (by, id, target) => upsert(by, id, { protocolMessage: { type: 0, key: keyOf(by, target) } }),
};
const EVOLUTION_DELETE: AuthorFormat = {
  ...EVOLUTION,
  revokes: (by, _, target) => ({
    ...{ event: 'messages.delete', instance: 'salon', sender: OURS },
    data: keyOf(by, target),
  }),
};

const waha =
  (engine: string, data: (by: Writer, id: string, text: string | null) => object) =>
  (by: Writer, id: string, event: string, fields: object = {}, text: string | null = null): object => ({
    ...{ event, session: 'salon', engine, me: { id: '79007654321@c.us', lid: '998877665544332@lid' } },
    payload: { ...wahaMessage(by, id), body: text, _data: data(by, id, text), ...fields },
  });

function wahaMessage({ chat, participant, fromMe = false }: Writer, id: string): object {
  const inGroup = participant === undefined ? '' : `_${participant}`;
  const from = { id: `${fromMe}_${chat}_${id}${inGroup}`, from: chat, to: fromMe ? chat : null };
  return { ...from, fromMe, timestamp: AT_S, participant: participant ?? null };
}

const ENGINES = {
  NOWEB: waha('NOWEB', (by, id, text) => ({ key: keyOf(by, id), message: { conversation: text } })),
  GOWS: waha('GOWS', ({ chat, participant = chat, alt, fromMe = false }, id, text) => ({
    Info: { ID: id, Chat: chat, Sender: participant, SenderAlt: alt, IsFromMe: fromMe },
    Message: { conversation: text },
  })),
  WEBJS: waha('WEBJS', ({ chat, participant, fromMe = false }, id, text) => ({
    ...{ id: { fromMe, remote: chat, id }, author: participant, type: 'chat', body: text },
  })),
};
const WAHA = Object.entries(ENGINES).map(([engine, body]): [string, AuthorFormat] => [
  `WAHA, ${engine}`,
  {
    gateway: 'waha',
    says: (by, id, text) => body(by, id, 'message', {}, text),
    edits: (by, id, editedMessageId, text) => body(by, id, 'message.edited', { editedMessageId }, text),
    revokes: (by, id, revokedMessageId) => {
      const { payload, ...envelope } = body(by, id, 'message.revoked') as { payload: object };
      return { ...envelope, payload: { after: payload, before: null, revokedMessageId } };
    },
  },
]);
/** Older engines send edits and revocations among messages. */
const WAHA_SLIPS: AuthorFormat = {
  ...(WAHA[0]?.[1] as AuthorFormat),
  edits: (by, id, target, text) =>
    ENGINES.NOWEB(by, id, 'message.any', {
      _data: { key: keyOf(by, id), message: { protocolMessage: protocol(by, target, text) } },
    }),
  revokes: (by, id, target) =>
    ENGINES.NOWEB(by, id, 'message', {
      _data: { key: keyOf(by, id), message: { protocolMessage: { type: 0, key: keyOf(by, target) } } },
    }),
};

const meta = (by: Writer, id: string, fields: object): object => {
  const person = digitsOf(by.participant ?? by.chat);
  const group = by.participant === undefined ? {} : { group_id: digitsOf(by.chat) };
  const message = { from: person, id: `wamid.${id}`, timestamp: String(AT_S), ...group, ...fields };
  const messages = by.fromMe
    ? { message_echoes: [{ ...message, from: '15550783881', to: person }] }
    : { messages: [message] };
  return { entry: [{ changes: [{ value: { metadata: { phone_number_id: 'salon' }, ...messages } }] }] };
};
const META: AuthorFormat = {
  gateway: 'meta',
  says: (by, id, body) => meta(by, id, { type: 'text', text: { body } }),
  edits: (by, id, target, body) =>
    meta(by, id, {
      type: 'edit',
      edit: { original_message_id: `wamid.${target}`, message: { type: 'text', text: { body } } },
    }),
  revokes: (by, id, target) =>
    meta(by, id, { type: 'revoke', revoke: { original_message_id: `wamid.${target}` } }),
};

const venom = (
  { chat, participant, fromMe = false }: Writer,
  id: string,
  event: string,
  fields: object,
): object => ({
  ...{ event, session: 'salon' },
  data: {
    ...{ id: `${fromMe}_${chat}_${id}`, from: fromMe ? OURS : chat, to: fromMe ? chat : OURS, fromMe },
    ...{ author: participant, type: 'chat', t: AT_S, ...fields },
  },
});
const VENOM: AuthorFormat = {
  gateway: 'venom',
  says: (by, id, body) => venom(by, id, 'onMessage', { body }),
  edits: (by, _, target, body) => venom(by, target, 'onMessageEdit', { body }),
  revokes: (by, _, target) => venom(by, target, 'onMessageDelete', { type: 'revoked' }),
};

/** Every form in which a gateway reports a change and its author. */
export const AUTHOR_FORMATS: [string, AuthorFormat][] = [
  ['Evolution, as messages', EVOLUTION],
  ['Evolution, as a deletion', EVOLUTION_DELETE],
  ...WAHA,
  ['WAHA, among the messages', WAHA_SLIPS],
  ['Meta', META],
  ['Venom', VENOM],
];

function keyOf({ chat, participant, alt, fromMe = false }: Writer, id: string): object {
  const aside = participant === undefined ? { remoteJidAlt: alt } : { participant, participantAlt: alt };
  return { remoteJid: chat, fromMe, id, ...aside };
}

function protocol(by: Writer, target: string, conversation: string): object {
  return { type: 14, key: keyOf(by, target), editedMessage: { conversation }, timestampMs: 1763700013000 };
}

function digitsOf(jid: string): string {
  return jid.replace(/@.*$/, '');
}
