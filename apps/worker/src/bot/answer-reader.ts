import { Logger } from '@nestjs/common';
import {
  bodyOf,
  type BotDialect,
  type BotSettings,
  type Reading,
  REPLY_BOUNDS,
  repliesOf,
  shapeOf,
  type Understood,
} from '@app/bots';
import type { MergedMessage } from '@app/contracts';
import { isGarbled } from '../http/charset';
import type { BotAnswer, BotOutcome, NotUnderstood } from './bot';
import { type Answered, answerOf, type Keeper } from './bot-caller';
import type { OddAnswers } from './odd-answers';

/** By which a bot says that its reply comes later. */
const ACCEPTED = 202;

const NOTHING_SAID: BotAnswer = { kind: 'answered', replies: [], notUnderstood: null };

const TOO_MUCH = `An answer has more than ${REPLY_BOUNDS.count} replies or ${REPLY_BOUNDS.bytes / 1024} KB: the rest is not sent`;

const GARBLED = ': its bytes are no UTF-8, and nothing says what they are';

const NOTHING_READ: Understood = {
  replies: [],
  leftOut: 0,
  isUnderstood: false,
  needsFinal: false,
  commit: null,
  handover: false,
};

/** Reads what the bot says in a 2xx, and sees to it that nothing of it is lost without a word. */
export class AnswerReader {
  private readonly logger = new Logger('Bot');

  constructor(
    private readonly settings: Pick<BotSettings, 'state'>,
    private readonly dialect: BotDialect,
    private readonly oddAnswers: OddAnswers,
  ) {}

  /** @param state what the bot was told of the conversation. Never rejects. */
  async read(call: Answered, message: MergedMessage, state: unknown, keep: Keeper): Promise<BotOutcome> {
    const { status, body } = call;
    const { batchId } = message;
    const mayPromise = status === ACCEPTED && this.dialect.answersLater;
    if (body.text.trim() === '') return mayPromise ? { kind: 'promised' } : NOTHING_SAID;
    const { reading, fault } = await this.readingOf(call, message, state);
    if (reading.kind === 'failed') {
      // Its words stay with the answer: they may repeat a customer's.
      const answer = keep(call, `the bot answered ${status}, and says in it that it failed`);
      return reading.passing
        ? { kind: 'unavailable', answer, retryAfterMs: null, mayBlame: true }
        : { kind: 'refused', answer };
    }
    const isSaid = reading.kind === 'said';
    const said = isSaid ? repliesOf(reading.answer) : NOTHING_READ;
    const { replies, leftOut, isUnderstood } = said;
    if (mayPromise && saysNothing(said)) return { kind: 'promised' };
    if (leftOut > 0) this.logger.warn(TOO_MUCH, { batchId, leftOut });
    const why = `the bot answered ${status} with something that is not understood${fault}`;
    const notUnderstood = isUnderstood ? null : notUnderstoodOf(call, keep(call, why));
    if (notUnderstood) await this.oddAnswers.report(message, notUnderstood, replies.length);
    const left = isSaid ? this.bounded(reading.state, batchId) : undefined;
    return {
      kind: 'answered',
      replies,
      notUnderstood,
      ...(left !== undefined && { state: left }),
      ...(isSaid && { needsFinal: said.needsFinal, commit: said.commit, handover: said.handover }),
    };
  }

  /** What the bot says of its answer that is committed: the answer stands unless it gives another one in our own words. */
  readNotice(call: Answered): BotAnswer {
    if (call.body.text.trim() === '') return NOTHING_SAID;
    const { value } = bodyOf(answerOf(call));
    const { replies, handover } = repliesOf(value);
    return { kind: 'answered', replies, notUnderstood: null, handover };
  }

  /** An expression that fails on an answer leaves it not understood; `fault` says which, and where. */
  private async readingOf(
    call: Answered,
    message: MergedMessage,
    state: unknown,
  ): Promise<{ reading: Reading; fault: string }> {
    // The customer would be sent signs in place of letters.
    if (isGarbled(call.body.text)) return { reading: { kind: 'odd' }, fault: GARBLED };
    try {
      return { reading: await this.dialect.read(answerOf(call), message, state), fault: '' };
    } catch (error) {
      return { reading: { kind: 'odd' }, fault: `: ${(error as Error).message}` };
    }
  }

  /** Undefined, which leaves what was kept as it is, if it is too much to be kept. */
  private bounded(state: unknown, batchId: string): unknown {
    const bytes = state === undefined ? 0 : Buffer.byteLength(JSON.stringify(state));
    if (bytes <= this.settings.state.maxBytes) return state;
    const fields = { batchId, bytes };
    this.logger.warn('The bot left more to be kept than BOT_STATE_BYTES: nothing of it is', fields);
    return undefined;
  }
}

/** What stands in a 202 that promises, such as `{"status": "accepted"}`, is no answer. */
function saysNothing({ replies, needsFinal, commit, handover }: Understood): boolean {
  return replies.length === 0 && !needsFinal && commit === null && !handover;
}

function notUnderstoodOf({ body }: Answered, answer: NotUnderstood['answer']): NotUnderstood {
  return { shape: shapeOf(body.text), bytes: Buffer.byteLength(body.text), answer };
}
