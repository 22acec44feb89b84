import type { AnswerBody } from '../answer/bot-answer';
import { isObject, type JsonObject, listOf, objectIn, objectOf, wordsIn } from '../answer/json';
import { ODD, type Reading, type SaidReply } from '../answer/reading';

/** Bubbles whose content is an address, by what it leads to; a page is said as text. */
const MEDIA = { image: 'image', video: 'video', audio: 'audio' } as const;

/**
 * Reads the bubbles that a flow shows, and the choices of the question behind them. A flow without a further question is
 * over: the customer's next message opens a new session.
 *
 * @param sessionId the session that was continued; null if one was opened.
 */
export function readTypebot(body: AnswerBody, sessionId: string | null): Reading {
  const answer = objectIn(body);
  const messages: unknown = answer.messages;
  if (!Array.isArray(messages)) return ODD;
  const session = sessionId ?? wordsIn(answer.sessionId);
  const isWaiting = isObject(answer.input) && session !== null;
  const bubbles = messages.map((bubble: unknown) => ({ bubble, reply: bubbleOf(objectOf(bubble)) }));
  const replies = bubbles.map(({ reply }) => reply).filter((reply) => reply !== null);
  // What nobody can read outside a page stays as it is: it is reported, and the session goes on.
  const unread = bubbles.filter(({ reply }) => reply === null).map(({ bubble }) => bubble);
  return {
    kind: 'said',
    answer: [{ replies: withChoices(replies, choicesOf(answer.input)) }, ...unread],
    state: isWaiting ? { sessionId: session } : null,
  };
}

/** Null if nobody can read it outside a page. */
function bubbleOf({ type, content }: JsonObject): SaidReply | null {
  const { markdown, url } = objectOf(content);
  const text = wordsIn(markdown);
  if (text !== null) return text;
  const address = wordsIn(url);
  if (address === null) return null;
  return type === 'image' || type === 'video' || type === 'audio'
    ? { text: '', media: { type: MEDIA[type], url: address } }
    : address;
}

function choicesOf(input: unknown): { id: string; text: string }[] {
  return listOf(objectOf(input).items)
    .map(objectOf)
    .flatMap(({ id, content, title }) => {
      const text = wordsIn(content) ?? wordsIn(title);
      return text === null ? [] : [{ id: wordsIn(id) ?? text, text }];
    });
}

/** The choices belong to the last text; a flow may also show them without a word. */
function withChoices(
  bubbles: readonly SaidReply[],
  buttons: readonly { id: string; text: string }[],
): SaidReply[] {
  if (buttons.length === 0) return [...bubbles];
  const last = bubbles.at(-1);
  return typeof last === 'string'
    ? [...bubbles.slice(0, -1), { text: last, buttons }]
    : [...bubbles, ...buttons.map(({ text }) => text)];
}
