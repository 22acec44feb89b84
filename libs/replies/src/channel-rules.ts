import type { Additions } from './measure';
import type { Notation } from './notation';

/** What a channel takes. Lengths are UTF-16 code units, which are never fewer than a channel's own characters. */
export interface ChannelRules {
  readonly text: {
    readonly maxLength: number;
    /** In UTF-8, where the channel counts bytes as well. */
    readonly maxBytes?: number;
    /** Null if the channel reads Markdown itself. */
    readonly notation: Notation | null;
    /** What the channel counts of a text besides its words; left out: nothing. */
    readonly additions?: Additions;
    /** The most stretches in a style of one message; left out: any number. */
    readonly maxStyles?: number;
  };
  /** Left out where the channel takes no file by its address, which is then sent as text. */
  readonly media?: { readonly maxCaption: number };
  /** Left out where the channel has no quick replies, which are then sent as text. */
  readonly buttons?: {
    readonly max: number;
    readonly maxId: number;
    readonly maxTitle: number;
    /** The longest text that buttons can stand under. */
    readonly maxText: number;
  };
}
