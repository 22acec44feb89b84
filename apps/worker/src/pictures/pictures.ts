import { Inject, Injectable, Logger } from '@nestjs/common';
import { TimelineRecorder } from '@app/batching';
import { PICTURES_WITHIN_MS } from '@app/bots';
import { type Media, type MergedMessage, type MissingPicture, parseConversationId } from '@app/contracts';
import { objectOf } from '@app/gateways';
import { maskPhones } from '@app/platform';
import { SETTINGS, type Settings } from '@app/settings';
import { CustomerFiles, type MessageFile } from '../files/customer-files';
import type { Patience } from '../files/until-done';
import { pictureTypeOf } from './picture-type';
import { PictureMetrics } from './picture.metrics';

/** A picture of a batch, as the call of the bot has it: `message` is the index of its message. */
export type CallPicture =
  { message: number; mimeType: string; base64: string } | { message: number; why: MissingPicture };

/** Null: the fetch was broken off. */
type Seen = { mimeType: string; base64: string } | { why: MissingPicture; error?: string } | null;

/** Fetches the pictures of a batch for the call of the bot; they are held nowhere else. */
@Injectable()
export class Pictures {
  private readonly logger = new Logger('Pictures');

  constructor(
    private readonly files: CustomerFiles,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'pictures'>,
    private readonly metrics: PictureMetrics,
    private readonly timeline: TimelineRecorder,
  ) {}

  /** In the order in which they were sent; none unless `BOT_PICTURES` says so. Never rejects. */
  async of(batch: MergedMessage, signal?: AbortSignal): Promise<CallPicture[]> {
    const { most } = this.settings.pictures;
    if (most === 0) return [];
    const signals = signal ? [signal] : [];
    const patience = { endsAt: performance.now() + PICTURES_WITHIN_MS, signal: AbortSignal.any(signals) };
    const all = batch.messages.flatMap((message, index) =>
      picturesOf(message).map((media) => ({ index, file: Object.assign({}, message, { media }) })),
    );
    const seen = await Promise.all(
      all.map(async ({ index, file }, i) => {
        const isEarlier = i < all.length - most;
        const one: Seen = isEarlier ? { why: 'too-many' } : await this.fetch(batch, file, patience);
        if (one) this.metrics.ended(file.source.gateway, 'why' in one ? one.why : 'shown');
        return { index, one };
      }),
    );
    this.noteMissing(
      batch,
      seen.map(({ one }) => one),
    );
    return seen.map(({ index: message, one }): CallPicture => {
      // Broken off: the call will be, too.
      if (one === null) return { message, why: 'timeout' };
      return 'why' in one ? { message, why: one.why } : Object.assign({ message }, one);
    });
  }

  private async fetch(
    { batchId, companyId }: MergedMessage,
    file: MessageFile,
    patience: Patience,
  ): Promise<Seen> {
    const { maxBytes } = this.settings.pictures;
    const fetched = await this.files.fetch(companyId, file, Object.assign({ maxBytes }, patience));
    if (fetched === null) return null;
    const missing = (why: MissingPicture, error: string): Seen => {
      const { gateway } = file.source;
      this.logger.warn('A picture is not shown to the bot', { batchId, gateway, why, error });
      return { why, error: maskPhones(error) };
    };
    if (fetched.kind === 'missing') return missing(fetched.why, fetched.error);
    const { bytes } = fetched.value;
    const mimeType = pictureTypeOf(bytes);
    return mimeType === null
      ? missing('no-picture', 'its bytes are none of a JPEG, PNG, GIF or WebP')
      : { mimeType, base64: bytes.toString('base64') };
  }

  /** One note for each reason: a batch may have hundreds of pictures, a timeline has few notes. */
  private noteMissing({ batchId, conversationId }: MergedMessage, all: readonly Seen[]): void {
    const missing = all.flatMap((one) => (one && 'why' in one ? [one] : []));
    for (const reason of new Set(missing.map(({ why }) => why))) {
      const alike = missing.filter(({ why }) => why === reason);
      const error = alike[0]?.error;
      this.timeline.record(parseConversationId(conversationId), {
        kind: 'picture',
        batchId,
        reason,
        pictures: alike.length,
        ...(error !== undefined && { error }),
      });
    }
  }
}

/** A message's own file, and further ones, which stand in its metadata, where a forwarder may have put anything. */
function picturesOf({ media, metadata }: { media: Media | null; metadata: { media?: unknown } }): Media[] {
  return [media, metadata.media].flat().filter((each): each is Media => objectOf(each).type === 'image');
}
