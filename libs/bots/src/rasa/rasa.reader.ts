import type { AnswerBody } from '../answer/bot-answer';
import { isObject, type JsonObject, listOf, objectOf, wordsIn } from '../answer/json';
import { ODD, type Reading, type SaidReply } from '../answer/reading';

/** Reads a list of `{recipient_id, text, buttons, image, attachment}`; an empty one says nothing. */
export function readRasa(body: AnswerBody): Reading {
  if (!Array.isArray(body.value)) return ODD;
  const entries = body.value.filter(isObject).map((entry) => ({ entry, replies: repliesIn(entry) }));
  // What says nothing that can be shown, `custom` for one, stays as it is: nobody understands it, and that is reported.
  const answer = entries.map(({ entry, replies }) => (replies.length === 0 ? entry : { replies }));
  return answer.length < body.value.length ? ODD : { kind: 'said', answer };
}

function repliesIn({ text, buttons, image, attachment }: JsonObject): SaidReply[] {
  const words = wordsIn(text);
  const choices = listOf(buttons).map(objectOf).flatMap(choiceOf);
  const picture = wordsIn(image);
  const file = wordsIn(attachment) ?? wordsIn(objectOf(objectOf(attachment).payload).src);
  return [
    ...(words === null ? [] : [choices.length === 0 ? words : { text: words, buttons: choices }]),
    ...(picture === null ? [] : [{ text: '', media: { type: 'image', url: picture } as const }]),
    ...(file === null ? [] : [{ text: '', media: { type: 'document', url: file } as const }]),
  ];
}

/** The payload is what Rasa wants to hear when the button is pressed. */
function choiceOf({ title, payload }: JsonObject): { id: string; text: string }[] {
  const text = wordsIn(title);
  return text === null ? [] : [{ id: wordsIn(payload) ?? text, text }];
}
