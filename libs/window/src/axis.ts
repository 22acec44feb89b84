/** One axis of a picture: from values to places, and the values to write beside it. */
export class Axis {
  readonly ticks: number[];

  /** @param most of the values; they begin at 0. */
  constructor(
    most: number,
    private readonly from: number,
    private readonly to: number,
  ) {
    const step = roundStep(most);
    this.ticks = Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, i) => i * step);
  }

  /** Where a value stands, in whole units of the picture. */
  at(value: number): number {
    return Math.round(this.from + (value / (this.ticks.at(-1) ?? 1)) * (this.to - this.from));
  }
}

const STEPS = 6;

/** 1, 2 or 5 times a power of ten, so that some six of them reach the value. */
function roundStep(most: number): number {
  if (!(most > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(most / STEPS));
  return power * ([1, 2, 5, 10].find((times) => times * power * STEPS >= most) ?? 10);
}
