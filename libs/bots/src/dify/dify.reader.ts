import type { AnswerBody } from '../answer/bot-answer';
import { isObject, type JsonObject, wordsIn } from '../answer/json';
import { failed, ODD, type Reading, said, type SaidReply } from '../answer/reading';

/** Passing by Dify's own status: an error of the server, or of the model behind it. */
const PASSING = 500;
const TOO_MANY = 429;

/** Reads a stream of events, or the one object of an application that answers as a whole. */
export function readDify(body: AnswerBody): Reading {
  if (body.form === 'text') return ODD;
  const events = [body.value].flat().filter(isObject);
  const of = (...wanted: string[]): JsonObject[] =>
    events.filter(({ event }) => typeof event === 'string' && wanted.includes(event));
  const [error] = of('error');
  if (error)
    return failed(error.message, Number(error.status) >= PASSING || Number(error.status) === TOO_MANY);
  const isWhole = body.form === 'json' || of('message_end').length > 0;
  if (events.length > 0 && !isWhole) return failed('its stream ended before its message did', true);

  const replies: SaidReply[] = [wordsIn(textOf(events)), ...of('message_file').map(fileOf)].filter(
    (reply) => reply !== null,
  );
  const conversationId = events.map(({ conversation_id: id }) => wordsIn(id)).findLast((id) => id !== null);
  return replies.length === 0 ? ODD : said(replies, conversationId && { conversationId });
}

/** The words of a chatbot or an agent; moderation may replace all that was said before. */
function textOf(events: readonly JsonObject[]): string {
  let text = '';
  for (const { event, answer } of events) {
    if (typeof answer !== 'string') continue;
    if (event === 'message' || event === 'agent_message') text += answer;
    else if (event === 'message_replace') text = answer;
  }
  return text;
}

/** A file that a tool made for the customer; those with another owner are the customer's own. */
function fileOf({ type, url, belongs_to: owner }: JsonObject): SaidReply | null {
  const address = owner === 'user' ? null : wordsIn(url);
  if (address === null) return null;
  return { text: '', media: { type: type === 'image' ? 'image' : 'document', url: address } };
}
