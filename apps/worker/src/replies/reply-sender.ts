import { Inject, Injectable } from '@nestjs/common';
import { addressBelow, answering, type GatewayCall, type ReplyTarget, type Sender } from '@app/gateways';
import { SETTINGS, type Settings } from '@app/settings';
import { type LastAnswer, lastAnswer } from '../bot/last-answer';
import { callJson, type CallOutcome } from '../http/json-call';
import { retryAfterMs } from '../http/retry-after';

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

const TIMEOUT_MS = 30_000;
const TYPING_TIMEOUT_MS = 12_000;
const MAX_ANSWER_BYTES = 65_536;

/** Sends texts to customers, through the gateway with which they wrote. */
@Injectable()
export class ReplySender {
  constructor(@Inject(SETTINGS) private readonly settings: Pick<Settings, 'gateways' | 'byGateway'>) {}

  /** Tries once. Never rejects. */
  async send(gateway: string, target: ReplyTarget, text: string): Promise<SendOutcome> {
    const way = this.wayTo(gateway);
    if (!way) return { kind: 'no-sender' };
    const outcome = await post(way.url, way.sender.reply(target, text, way.token), TIMEOUT_MS);
    return judge(
      outcome,
      [way.url, ...(way.token === null ? [] : [way.token])],
      way.sender.isCertainlyUnsent,
    );
  }

  /** Shows a typing indicator, if the gateway offers it and `TYPING_FEEDBACK` asks for it. Never rejects. */
  async showTyping(gateway: string, target: ReplyTarget): Promise<void> {
    const way = this.settings.gateways.typingFeedback ? this.wayTo(gateway) : null;
    if (way) await post(way.url, way.sender.typing(target, way.token), TYPING_TIMEOUT_MS);
  }

  private wayTo(gateway: string): Way | null {
    const found = answering(gateway);
    const settings = found && this.settings.byGateway[found.name]?.sender;
    return settings ? { ...settings, sender: found.sender } : null;
  }
}

interface Way {
  url: string;
  token: string | null;
  sender: Sender;
}

const NO_ACCOUNT = 'its message names no account of the gateway to send it from';
const BAD_ACCOUNT = 'the account that its message names cannot stand in an address';

/** If no address can be built for a call, nothing was sent, and nothing ever can be. */
async function post(url: string, call: GatewayCall | null, timeoutMs: number): Promise<CallOutcome> {
  if (call === null) return { kind: 'unsendable', error: NO_ACCOUNT };
  const { path, headers, body } = call;
  const address = addressBelow(url, path);
  if (address === null) return { kind: 'unsendable', error: BAD_ACCOUNT };
  // Gateways usually run next to us, and only the operator sets their address.
  const limits = { timeoutMs, maxBytes: MAX_ANSWER_BYTES, allowPrivate: true };
  return callJson({ url: address, headers, body: JSON.stringify(body) }, limits);
}

function judge(
  call: CallOutcome,
  secrets: readonly string[],
  isCertainlyUnsent: (status: number, body: string) => boolean,
): SendOutcome {
  if (call.kind === 'interrupted') throw new Error('a reply is never interrupted');
  if (call.kind === 'not-sent')
    return { kind: 'unsent', answer: lastAnswer(call, call.error, secrets), retryAfterMs: null };
  if (call.kind === 'unsendable') return { kind: 'refused', answer: lastAnswer(call, call.error, secrets) };
  if (call.kind === 'no-answer') return { kind: 'unknown', answer: lastAnswer(call, call.error, secrets) };
  const { status, headers, body } = call;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  const answer = lastAnswer(call, `the gateway answered ${status}`, secrets);
  const asked = retryAfterMs(headers['retry-after'], Date.now());
  if (status === 429 || status === 425) return { kind: 'unsent', answer, retryAfterMs: asked };
  if (status < 500) return { kind: 'refused', answer };
  return isCertainlyUnsent(status, body.text)
    ? { kind: 'unsent', answer, retryAfterMs: asked }
    : { kind: 'unknown', answer };
}
