import type { IncomingHttpHeaders } from 'node:http';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { ProblemException, textOf } from '@app/platform';
import { SETTINGS, type Settings } from '@app/settings';

/** Opens the worker's calls: signed with one of `BOT_SECRET`, as Standard Webhooks prescribes. */
@Injectable()
export class SignedBody {
  private readonly webhooks: readonly Webhook[];

  constructor(@Inject(SETTINGS) { bot }: Settings) {
    this.webhooks = bot.secrets.map((secret) => new Webhook(secret));
    if (this.webhooks.length === 0)
      new Logger('Access').warn('BOT_SECRET is not set: anyone who reaches this port can call the assistant');
  }

  /** The body as text. @throws ProblemException 401 if no secret of ours has signed it, or long ago. */
  open(body: Buffer, headers: IncomingHttpHeaders): string {
    const text = textOf(body);
    if (this.webhooks.length > 0 && !this.webhooks.some((webhook) => isSignedBy(webhook, text, headers)))
      throw new ProblemException(401, { detail: 'The signature is missing or wrong.' });
    return text;
  }
}

function isSignedBy(webhook: Webhook, text: string, headers: IncomingHttpHeaders): boolean {
  try {
    webhook.verify(text, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
