import { Inject, Injectable } from '@nestjs/common';
import { ReplyTokens } from '@app/batching';
import { SETTINGS, type Settings } from '@app/settings';

/** The addresses at which a bot may answer later, one for each batch: whoever has it may answer that batch, and nothing else. */
@Injectable()
export class ReplyUrls {
  constructor(
    private readonly tokens: ReplyTokens,
    @Inject(SETTINGS) private readonly settings: { http: Pick<Settings['http'], 'publicUrl'> },
  ) {}

  /**
   * Null without `PUBLIC_URL`.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async of(batchId: string): Promise<string | null> {
    const { publicUrl } = this.settings.http;
    if (publicUrl === null) return null;
    return `${publicUrl}/replies/${batchId}?token=${await this.tokens.tokenOf(batchId)}`;
  }
}
