import { Inject, Injectable, Logger } from '@nestjs/common';
import { PICTURES_WITHIN_MS } from '@app/bots';
import type { Media, MergedMessage, MissingFile } from '@app/contracts';
import { objectOf } from '@app/gateways';
import { SETTINGS, type Settings } from '@app/settings';
import { CustomerFiles, type MessageFile } from '../files/customer-files';
import type { Patience } from '../files/until-done';
import { pictureTypeOf } from './picture-type';

/** Why the bot does not see a picture. `no-picture`: the file is none that models read. `too-many`: later ones were brought. */
export type UnseenWhy = MissingFile | 'no-picture' | 'too-many';

/** A picture of a batch, as the call of the bot has it: `message` is the index of its message. */
export type CallPicture =
  { message: number; mimeType: string; base64: string } | { message: number; why: UnseenWhy };

/** Fetches the pictures of a batch for the call of the bot; they are held nowhere else. */
@Injectable()
export class Pictures {
  private readonly logger = new Logger('Pictures');

  constructor(
    private readonly files: CustomerFiles,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'pictures'>,
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
    return Promise.all(
      all.map(async ({ index, file }, i): Promise<CallPicture> =>
        i < all.length - most
          ? { message: index, why: 'too-many' }
          : await this.fetch(batch, index, file, patience),
      ),
    );
  }

  private async fetch(
    { batchId, companyId }: MergedMessage,
    message: number,
    file: MessageFile,
    patience: Patience,
  ): Promise<CallPicture> {
    const { maxBytes } = this.settings.pictures;
    const fetched = await this.files.fetch(companyId, file, Object.assign({ maxBytes }, patience));
    // Broken off: the call will be, too.
    if (fetched === null) return { message, why: 'timeout' };
    const unseen = (why: UnseenWhy, error: string): CallPicture => {
      const { gateway } = file.source;
      this.logger.warn('A picture is not shown to the bot', { batchId, gateway, why, error });
      return { message, why };
    };
    if (fetched.kind === 'missing') return unseen(fetched.why, fetched.error);
    const { bytes } = fetched.value;
    const mimeType = pictureTypeOf(bytes);
    return mimeType === null
      ? unseen('no-picture', 'its bytes are none of a JPEG, PNG, GIF or WebP')
      : { message, mimeType, base64: bytes.toString('base64') };
  }
}

/** A message's own file, and further ones, which stand in its metadata, where a forwarder may have put anything. */
function picturesOf({ media, metadata }: { media: Media | null; metadata: { media?: unknown } }): Media[] {
  return [media, metadata.media].flat().filter((each): each is Media => objectOf(each).type === 'image');
}
