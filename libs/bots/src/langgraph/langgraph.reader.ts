import type { AnswerBody } from '../answer/bot-answer';
import { contentText, type JsonObject, listOf, objectIn, objectOf, wordsIn } from '../answer/json';
import { failed, ODD, type Reading, said } from '../answer/reading';

/** Reads the state in which a run left its thread: the last thing said after the customer, and what it asks if it was interrupted. */
export function readLangGraph(body: AnswerBody): Reading {
  const { messages, __error__: error, __interrupt__: interrupts } = objectIn(body);
  // By the time a run fails, its answer has begun, with newlines that keep the connection alive: its status is 200.
  if (error !== undefined) return failed(objectOf(error).message ?? error, true);
  const spoken = lastWords(listOf(messages).map(objectOf));
  const asked = listOf(interrupts).map((interrupt) => wordsIn(objectOf(interrupt).value));
  const replies = [spoken, ...asked].filter((text) => text !== null);
  return replies.length === 0 ? ODD : said(replies);
}

function lastWords(messages: readonly JsonObject[]): string | null {
  const question = messages.findLastIndex(({ type, role }) => type === 'human' || role === 'user');
  const answers = messages
    .slice(question + 1)
    .filter(({ type, role }) => type === 'ai' || role === 'assistant');
  return contentText(answers.at(-1)?.content);
}
