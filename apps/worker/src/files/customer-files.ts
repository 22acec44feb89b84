import { Inject, Injectable } from '@nestjs/common';
import type { CompanyId, Media, MessageSource } from '@app/contracts';
import { answering, wayToFile } from '@app/gateways';
import { SETTINGS, type Settings } from '@app/settings';
import { type FetchedFile, FileFetcher } from './file-fetcher';
import type { Ended } from './step';
import { type Patience, untilDone } from './until-done';

/** A file of a customer's message. */
export interface MessageFile {
  messageId: string | null;
  source: MessageSource;
  media: Media | null;
}

/** Fetches customers' files by their gateways' ways, with the token of the account that has them. */
@Injectable()
export class CustomerFiles {
  constructor(
    private readonly fetcher: FileFetcher,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'companies'>,
  ) {}

  /** Tries again while time is left, if that may help; null: it was broken off. Never rejects. */
  async fetch(
    companyId: CompanyId | null,
    file: MessageFile,
    { maxBytes, ...patience }: Patience & { maxBytes: number },
  ): Promise<Ended<FetchedFile> | null> {
    const { source, media } = file;
    if ((media?.size ?? 0) > maxBytes)
      return { kind: 'missing', why: 'too-large', error: `more than ${maxBytes} bytes` };
    const name = answering(source.gateway)?.name ?? source.gateway;
    const sender = this.settings.companies.senderOf(companyId, name, source.account);
    const way = wayToFile(file, sender);
    if (way === null) return { kind: 'missing', why: 'no-way', error: 'its gateway has no way to files' };
    const { signal } = patience;
    return untilDone(patience, 'gateway-away', (timeoutMs) =>
      this.fetcher.fetch(way, sender?.url ?? null, { timeoutMs, maxBytes, signal }),
    );
  }
}
