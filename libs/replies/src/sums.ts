/** Amounts at offsets of a text, added up once, so that the sum of any stretch is known without a look at each of them. */
export class Sums {
  private readonly offsets: readonly number[];
  private readonly upTo: readonly number[];

  constructor(amounts: readonly (readonly [offset: number, amount: number])[]) {
    const ascending = amounts.toSorted(([one], [other]) => one - other);
    let sum = 0;
    this.offsets = ascending.map(([offset]) => offset);
    this.upTo = [0, ...ascending.map(([, amount]) => (sum += amount))];
  }

  /** The sum of all amounts that stand before an offset. */
  before(offset: number): number {
    let [low, high] = [0, this.offsets.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.offsets[middle] ?? Infinity) < offset) low = middle + 1;
      else high = middle;
    }
    return this.upTo[low] ?? 0;
  }
}
