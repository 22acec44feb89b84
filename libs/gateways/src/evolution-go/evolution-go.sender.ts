import { tokenOf } from '../account-token';
import { firstMessageId } from '../identity/message-id';
import { firstText, type JsonObject, objectOf } from '../json/json';
import { failureByStatus, type SendFailure } from '../send-failure';
import type { GatewayCall, ReplyTarget, Sender } from '../sender';
import { WHATSAPP_WEB } from '../whatsapp-channel';
import { fileOf } from '../whatsapp-web/file';

/** As it is: formatted, WhatsApp's own numbers of Mexico and Argentina lose digits. */
const AS_WRITTEN = { formatJid: false };

/** https://github.com/EvolutionAPI/evolution-go: pkg/sendMessage, pkg/message */
export const evolutionGoSender: Sender = {
  channel: WHATSAPP_WEB,
  reply: (target, { text, media }, tokens) => {
    if (!media) return call(['send', 'text'], target, tokens, { text, ...AS_WRITTEN });
    const { url, filename } = fileOf(media);
    const fields = { url, type: media.type, caption: text, filename, ...AS_WRITTEN };
    return call(['send', 'media'], target, tokens, fields);
  },
  // It answers when the time is over.
  typing: (target, tokens, forMs) =>
    call(['message', 'presence'], target, tokens, { state: 'composing', isAudio: false, delay: forMs }),
  failure: ({ status, json }) => spokenFailure(json) ?? failureByStatus(status, (code) => code === 503),
  sentId: ({ data }) => firstMessageId(objectOf(objectOf(data).Info).ID),
};

/** What it says in words, always with 500. */
function spokenFailure({ error }: JsonObject): SendFailure | null {
  const said = firstText(error) ?? '';
  // Seen before it writes anything to WhatsApp.
  if (/client disconnected|no active session/i.test(said))
    return { kind: 'unsent', why: 'its connection to WhatsApp is closed' };
  return /is not registered on WhatsApp/i.test(said)
    ? { kind: 'refused', why: 'the customer has no WhatsApp' }
    : null;
}

/** The token says which instance sends; its name is nowhere in a call. */
function call(
  path: readonly string[],
  { account, chatId }: ReplyTarget,
  tokens: string | null,
  fields: object,
): GatewayCall | null {
  const apikey = tokenOf(account, tokens);
  return apikey === null ? null : { path, headers: { apikey }, body: { number: chatId, ...fields } };
}
