import { Bytes, defineSettings, Whole } from '@app/config';

const MEGABYTE = 1024 ** 2;
/** A call holds all of its pictures in memory, and in base64 besides. */
const MOST = 4;
/** WhatsApp's own limit of a picture. */
const LARGEST = 5 * MEGABYTE;

/** No call has more bytes of pictures than this, in base64. */
export const MOST_PICTURE_BYTES = MOST * Math.ceil((LARGEST * 4) / 3);

/** How long the customer waits for pictures before the bot is called, ms: all are fetched at once. */
export const PICTURES_WITHIN_MS = 10_000;

/** What the bot sees of customers' pictures. */
export class PicturesVariables {
  @Whole(
    'How many of a batch’s pictures the call of the bot brings, the latest; 0: none ([pictures](bot.md#pictures)). The assistant shows them to its model, which must be one that sees.',
    { unit: 'pictures', min: 0, max: MOST, sharedBy: ['worker'] },
  )
  BOT_PICTURES = 0;

  @Bytes('The largest picture that is fetched for the bot.', {
    min: 1024,
    max: LARGEST,
    sharedBy: ['worker'],
  })
  BOT_PICTURE_MAX_BYTES = 2 * MEGABYTE;
}

export const picturesSettings = defineSettings('pictures', PicturesVariables, (env) => ({
  /** Of one call; 0: none. */
  most: env.BOT_PICTURES,
  /** Of each. */
  maxBytes: env.BOT_PICTURE_MAX_BYTES,
}));
