import { BATCH_SENTENCES } from './english-batch';
import { BOT_SENTENCES } from './english-bot';
import { CUSTOMER_SENTENCES } from './english-customer';
import { FINDING_SENTENCES } from './english-findings';
import { type Language, type NamesIn, phrase, type Sentence, type Values } from './sentence';

const sentences = Object.assign(
  Object.assign({}, BATCH_SENTENCES, BOT_SENTENCES),
  CUSTOMER_SENTENCES,
  FINDING_SENTENCES,
);

const terms = {
  'reason.quiet': 'the customer was silent',
  'reason.max-size': 'MAX_BATCH_SIZE was reached',
  'reason.max-bytes': 'MAX_BATCH_BYTES was reached',
  'reason.max-wait': 'BATCH_MAX_WAIT was over',
  'reason.max-rate': 'more than MAX_MESSAGES_PER_MINUTE had come, and the minute was over',
  'reason.direct': 'a message came that is due at once',
  'reason.manual': 'an operator flushed it',
  'reason.shutdown': 'a batcher stopped (SHUTDOWN_FLUSH)',
  'reason.replay': 'an operator replayed it',
  'kind.final': 'final',
  'kind.draft': 'a draft',
  'change.edit': 'edit',
  'change.revoke': 'revocation',
  'took.colleague': 'A colleague answered from the phone',
  'took.status': 'Humans have taken the conversation over at the gateway',
  'took.handover': 'The bot handed the conversation over to humans',
  'effect.webhook': 'messages are accepted and safe, but not handed off',
  'effect.worker': 'no merged messages can come',
  'what.batcher': 'batches that could not be handed off',
  'what.worker': 'messages that were not answered, or replies that were not sent',
} as const;

const nouns = {
  messages: { one: 'message', other: 'messages' },
  replies: { one: 'reply', other: 'replies' },
  conversations: { one: 'conversation', other: 'conversations' },
  pictures: { one: 'picture', other: 'pictures' },
  problems: { one: 'problem', other: 'problems' },
} as const;

/** The language of the logs and of the calls. */
export const ENGLISH = { sentences, terms, nouns } as const satisfies Language;

export type SentenceCode = Extract<keyof typeof sentences, string>;

/** What a sentence is filled with; a value that stands only in `[…]` may be null. */
export type ValuesOf<Code extends SentenceCode> = Readonly<
  Record<NamesIn<(typeof sentences)[Code]>, string | number | null>
>;

/** A sentence, with all that its English words ask for. */
export function sentence<Code extends SentenceCode>(code: Code, values: ValuesOf<Code>): Sentence {
  return { code, values };
}

/** A sentence in the words of the logs and of the calls: times in ISO 8601, durations in seconds. */
export function inEnglish(said: Sentence): string {
  return phrase(said, ENGLISH, shown)?.join('') ?? said.code;
}

function shown(name: string, value: string | number): string {
  const term = (terms as Values)[`${name}.${value}`];
  if (typeof term === 'string') return term;
  if (typeof value === 'string') return value;
  if (name.endsWith('Ms')) return `${(value / 1000).toFixed(1)} s`;
  if (name.endsWith('At')) return new Date(value).toISOString();
  return counted(name, value);
}

function counted(name: string, value: number): string {
  if (!(name in nouns)) return String(value);
  const { one, other }: { one: string; other: string } = nouns[name as keyof typeof nouns];
  return `${value} ${value === 1 ? one : other}`;
}
