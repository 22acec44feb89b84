import type { StyledRange } from './styles';
import { Sums } from './sums';

/** What a channel counts of a message besides its words, UTF-16 code units. */
export interface Additions {
  /** Of a character: what its escape is longer by. */
  readonly ofCharacter: (unit: string) => number;
  /** Of a stretch in a style: its marks. */
  readonly ofStyle: (range: StyledRange) => number;
}

const NONE: Additions = { ofCharacter: () => 0, ofStyle: () => 0 };

/** What a channel counts of any piece of a text, prepared once for the whole of it. */
export class Measure {
  private readonly characters: Sums;
  private readonly begun: Sums;
  private readonly over: Sums;
  private readonly addedBegun: Sums;
  private readonly addedOver: Sums;

  constructor(text: string, styles: readonly StyledRange[], { ofCharacter, ofStyle }: Additions = NONE) {
    const added = Array.from({ length: text.length }, (_, at) => [at, ofCharacter(text.charAt(at))] as const);
    this.characters = new Sums(added.filter(([, amount]) => amount > 0));
    this.begun = new Sums(styles.map(({ start }) => [start, 1]));
    this.over = new Sums(styles.map(({ end }) => [end, 1]));
    this.addedBegun = new Sums(styles.map((range) => [range.start, ofStyle(range)]));
    this.addedOver = new Sums(styles.map((range) => [range.end, ofStyle(range)]));
  }

  /** What is added to the piece from `start` up to `end`; a style that the piece has a part of is counted whole. */
  addedTo(start: number, end: number): number {
    const characters = this.characters.before(end) - this.characters.before(start);
    return characters + this.addedBegun.before(end) - this.addedOver.before(start + 1);
  }

  /** How many stretches in a style the piece has a part of. */
  stylesIn(start: number, end: number): number {
    return this.begun.before(end) - this.over.before(start + 1);
  }
}
