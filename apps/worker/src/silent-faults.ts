import { Injectable } from '@nestjs/common';
import { type Finding, ProcessRegistry } from '@app/batching';
import { gatewayNamed, answering, senderVariableOf } from '@app/gateways';

/** How long an answer that was not understood is a finding, ms: as long as its alert. */
const NOT_UNDERSTOOD_MS = 10 * 60_000;

/** What goes wrong while every call succeeds: replies that go nowhere, and answers that nobody understands. */
@Injectable()
export class SilentFaults {
  /** Gateways to whose customers a reply could not be sent; a sender comes with a new start only. */
  private readonly withoutSender = new Set<string>();
  private notUnderstood: { shape: string; atMs: number } | null = null;

  constructor(processRegistry: ProcessRegistry) {
    processRegistry.reportFindings(() => this.findings(performance.now()));
  }

  /** A reply to this gateway's customer was logged, and nothing else. */
  replyLogged(gateway: string): void {
    // A gateway's name comes with the message: no more of them than there are.
    this.withoutSender.add(answering(gateway)?.name ?? 'other');
  }

  /** The bot answered with something that is no reply. */
  answerNotUnderstood(shape: string): void {
    this.notUnderstood = { shape, atMs: performance.now() };
  }

  findings(nowMs: number): Finding[] {
    const { notUnderstood } = this;
    const isFresh = notUnderstood !== null && nowMs - notUnderstood.atMs < NOT_UNDERSTOOD_MS;
    return [
      ...[...this.withoutSender].sort().map(noSender),
      ...(isFresh ? [notUnderstoodFinding(notUnderstood.shape)] : []),
    ];
  }
}

function noSender(name: string): Finding {
  const title = gatewayNamed(name)?.title ?? 'the plain calls';
  const variable = senderVariableOf(name);
  return {
    code: 'no-sender',
    message: `No sender is configured for ${title}: replies to its customers go nowhere but into the log`,
    check:
      variable === null
        ? 'Messages of this source cannot be answered; let the bot reply by itself'
        : `Set ${variable}, and restart the workers`,
  };
}

function notUnderstoodFinding(shape: string): Finding {
  return {
    code: 'bot-not-understood',
    message: `The bot answers with something that is no reply (${shape}): customers are sent nothing of it`,
    check:
      'See GET /admin/unreadable for what it says; let it answer {"reply": "…"}, or set BOT_PRESET or BOT_REPLY',
  };
}
