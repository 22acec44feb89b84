import { Injectable } from '@nestjs/common';
import { ProcessRegistry } from '@app/batching';
import { finding, type Finding } from '@app/contracts';
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
      ...(isFresh ? [finding('bot-not-understood', { shape: notUnderstood.shape })] : []),
    ];
  }
}

function noSender(name: string): Finding {
  const gateway = gatewayNamed(name)?.title ?? 'the plain calls';
  const variable = senderVariableOf(name);
  return variable === null
    ? finding('no-sender', { gateway }, 'no-sender.never.mend')
    : finding('no-sender', { gateway, variable });
}
