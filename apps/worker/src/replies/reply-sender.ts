import { Inject, Injectable, Logger } from '@nestjs/common';
import { SentReplies, type SentReply } from '@app/batching';
import { isSimulated, parseConversationId } from '@app/contracts';
import {
  addressBelow,
  answering,
  type GatewayCall,
  idsPerChat,
  objectOf,
  type ReplyTarget,
  type Sender,
  type SenderSettings,
  tokenVariableOf,
} from '@app/gateways';
import { type OutgoingMessage, type RichMessage, withoutStyles } from '@app/replies';
import { SETTINGS, type Settings } from '@app/settings';
import { type LastAnswer, lastAnswer } from '../bot/last-answer';
import { callJson, type CallOutcome } from '../http/json-call';
import { LONGEST_RETRY_AFTER_MS, retryAfterMs } from '../http/retry-after';
import type { Press } from './presses';
import type { ReplyAddress } from './reply-address';

/**
 * The result of sending a reply. `no-sender`: no sender is configured. `unsent`: it certainly was not sent, and may be sent
 * again. `refused`: it was not sent either, and another try changes nothing. `unknown`: it may have been sent.
 */
export type SendOutcome =
  | { kind: 'sent' }
  | { kind: 'no-sender' }
  | { kind: 'unsent'; answer: LastAnswer; retryAfterMs: number | null }
  | { kind: 'refused'; answer: LastAnswer }
  | { kind: 'unknown'; answer: LastAnswer };

const BAD_REQUEST = 400;
/** Statuses that a gateway may give for a token; 403 has other causes too. */
const REFUSES_TOKEN: ReadonlySet<number> = new Set([401, 403]);
const TIMEOUT_MS = 30_000;
const TYPING_TIMEOUT_MS = 12_000;
/** How long the customer sees a typing indicator while the bot thinks, if the gateway lets one choose. */
const TYPING_MS = 10_000;
const MAX_ANSWER_BYTES = 65_536;

/** Sends messages to customers, through the gateway with which they wrote. */
@Injectable()
export class ReplySender {
  private readonly logger = new Logger('Replies');

  constructor(
    private readonly sentReplies: SentReplies,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'of' | 'companies'>,
  ) {}

  /** Tries once. Never rejects. */
  async send(address: ReplyAddress, message: OutgoingMessage, reply: SentReply): Promise<SendOutcome> {
    const { target } = address;
    // Told to nobody: the page shows what was said.
    if (isSimulated(parseConversationId(reply.conversationId).customer)) return { kind: 'sent' };
    const way = this.wayTo(address);
    if (!way) return { kind: 'no-sender' };
    const rich = typeof message === 'string' ? { text: message } : message;
    const outcome = await this.sendStyled(way, target, rich, reply);
    if (outcome.kind !== 'sent') return outcome;
    await this.remember(way, address, outcome.messageId, reply);
    return { kind: 'sent' };
  }

  /** Shows a typing indicator, if the gateway offers it and `TYPING_FEEDBACK` asks for it. Never rejects. */
  async showTyping(address: ReplyAddress): Promise<void> {
    const { gateways } = this.settings.of(address.companyId);
    if (gateways.typingFeedback) await this.showWriting(address, TYPING_MS);
  }

  /** Shows a typing indicator for about this long, if the gateway offers it. Never rejects. */
  async showWriting(address: ReplyAddress, forMs: number): Promise<void> {
    const way = this.wayTo(address);
    if (!way) return;
    const { url, typingUrl = url, sender, token } = way;
    await post(typingUrl, sender.typing(address.target, token, forMs), TYPING_TIMEOUT_MS);
  }

  /** Ends the waiting that the customer sees at a button, if the gateway shows any. Never rejects. */
  async answerPress({ companyId, gateway, account, messageId }: Press): Promise<void> {
    const way = this.wayTo({ companyId, gateway, target: { account } });
    const call = way?.sender.pressed?.(messageId, way.token);
    if (way && call) await post(way.url, call, TYPING_TIMEOUT_MS);
  }

  /** Tells the gateway that humans answer from now on, once; `no-sender` also where it does not know who answers. Never rejects. */
  async handOver(address: ReplyAddress): Promise<SendOutcome> {
    const way = this.wayTo(address);
    if (!way?.sender.handover) return { kind: 'no-sender' };
    return judge(await post(way.url, way.sender.handover(address.target, way.token), TIMEOUT_MS), way);
  }

  /** A refusal may be about the styles, and the words are the answer: they go without, once, because nothing was sent. */
  private async sendStyled(
    way: Way,
    target: ReplyTarget,
    message: RichMessage,
    reply: SentReply,
  ): Promise<Judged> {
    const outcome = await sendOnce(way, target, message);
    if (!message.styles || outcome.kind !== 'refused' || outcome.answer.status !== BAD_REQUEST)
      return outcome;
    const { batchId } = reply;
    this.logger.warn('A gateway refused a reply with formatting; it is sent without', {
      batchId,
      error: outcome.answer.error,
    });
    return sendOnce(way, target, withoutStyles(message));
  }

  /** So that a failure that the gateway reports later leads back to the batch; without it only that is lost. */
  private async remember(
    { name: gateway }: Way,
    { companyId, target: { account } }: ReplyAddress,
    messageId: string | null,
    reply: SentReply,
  ): Promise<void> {
    if (messageId === null) return;
    const chat = idsPerChat(gateway) && { chat: parseConversationId(reply.conversationId).customer };
    await this.sentReplies
      .remember({ companyId, gateway, account, messageId, ...chat }, reply)
      .catch((error: unknown) => {
        const { batchId } = reply;
        this.logger.warn('The id of a sent reply was not kept', { batchId, error: String(error) });
      });
  }

  private wayTo({ companyId, gateway, target }: Origin): Way | null {
    const found = answering(gateway);
    const { companies } = this.settings;
    const settings = found && companies.senderOf(companyId, found.name, target.account);
    return settings ? { ...settings, ...found, isInFile: companies.hasOwn(companyId) } : null;
  }
}

/** Whose account an answer is sent from. */
type Origin = Pick<ReplyAddress, 'companyId' | 'gateway'> & {
  target: Pick<ReplyAddress['target'], 'account'>;
};

interface Way extends SenderSettings {
  /** The gateway that sends: Venom for the plain calls. */
  name: string;
  sender: Sender;
  /** True if the companies file may have the token. */
  isInFile: boolean;
}

const NO_ACCOUNT = 'its message names no account of the gateway to send it from';
const BAD_ACCOUNT = 'the account that its message names cannot stand in an address';

/** If no address can be built for a call, nothing was sent, and nothing ever can be. */
async function post(url: string, call: GatewayCall | null, timeoutMs: number): Promise<CallOutcome> {
  if (call === null) return { kind: 'unsendable', error: NO_ACCOUNT };
  const { path, query = {}, headers, body, bodyFormat = 'json' } = call;
  const address = addressBelow(url, path, query);
  if (address === null) return { kind: 'unsendable', error: BAD_ACCOUNT };
  // Gateways usually run next to us, and only the operator sets their address.
  const limits = { timeoutMs, maxBytes: MAX_ANSWER_BYTES, allowPrivate: true };
  return bodyFormat === 'form'
    ? callJson({ url: address, headers: { ...FORM, ...headers }, body: formOf(body) }, limits)
    : callJson({ url: address, headers, body: JSON.stringify(body) }, limits);
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

function formOf(fields: object): string {
  return new URLSearchParams(fields as Record<string, string>).toString();
}

async function sendOnce(way: Way, target: ReplyTarget, message: RichMessage): Promise<Judged> {
  return judge(await post(way.url, way.sender.reply(target, message, way.token), TIMEOUT_MS), way);
}

type Judged = Exclude<SendOutcome, { kind: 'sent' }> | { kind: 'sent'; messageId: string | null };

function judge(call: CallOutcome, way: Way): Judged {
  const { url, token, sender } = way;
  const keep = (error: string): LastAnswer =>
    lastAnswer(call as Exclude<CallOutcome, { kind: 'interrupted' }>, error, [
      url,
      // A token may be a list of them.
      ...(token?.split(/[,=]/).filter((part) => part !== '') ?? []),
    ]);
  switch (call.kind) {
    case 'interrupted':
      throw new Error('a reply is never interrupted');
    case 'not-sent':
      return { kind: 'unsent', answer: keep(call.error), retryAfterMs: null };
    case 'unsendable':
      return { kind: 'refused', answer: keep(call.error) };
    case 'no-answer':
      return { kind: 'unknown', answer: keep(call.error) };
    case 'answered': {
      const { status, headers, body } = call;
      const json = objectOf(parsed(body.text));
      if (status >= 200 && status < 300) return { kind: 'sent', messageId: sender.sentId(json) };
      const { kind, why, retryAfterMs: askedMs } = sender.failure({ status, json });
      const toWhat = REFUSES_TOKEN.has(status) ? shownBy(way) : '';
      const answer = keep(`the gateway answered ${status}${toWhat}${why === undefined ? '' : `: ${why}`}`);
      if (kind !== 'unsent') return { kind, answer };
      const asked = askedMs ?? retryAfterMs(headers['retry-after'], Date.now());
      return { kind, answer, retryAfterMs: asked && Math.min(asked, LONGEST_RETRY_AFTER_MS) };
    }
  }
}

/** What was shown to the gateway, by the variable that an operator has to compare. */
function shownBy({ name, token, isInFile }: Way): string {
  const variable = tokenVariableOf(name);
  if (variable === null) return '';
  const where = isInFile ? `${variable}, or the company's own in COMPANIES_FILE` : variable;
  return token === null ? `, without a token (${where})` : ` to the token of ${where}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
