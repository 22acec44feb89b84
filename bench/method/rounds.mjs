import { spreadOf } from './figures.mjs';

/** @typedef {Record<string, number>} Figures what one side showed in one round */

/**
 * Measures every side once a round. The order turns round from round to round, so that a machine that becomes slower or
 * faster meanwhile favours none of them.
 *
 * @template {string} S
 * @param {number} rounds
 * @param {Record<S, () => Promise<Figures>>} sides
 * @returns {Promise<Record<S, Rounds>>}
 */
export async function interleaved(rounds, sides) {
  const names = /** @type {S[]} */ (Object.keys(sides));
  const measured = /** @type {Record<S, Rounds>} */ (
    Object.fromEntries(names.map((name) => [name, new Rounds()]))
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      measured[name].add(await sides[name]());
    }
  }
  return measured;
}

/**
 * One side of a measurement whose sides have names that are not known beforehand.
 *
 * @param {Record<string, Rounds>} measured
 * @param {string} name
 */
export function ofSide(measured, name) {
  const rounds = measured[name];
  if (!rounds) throw new Error(`no side is called ${name}`);
  return rounds;
}

/** What one side showed, round by round. */
export class Rounds {
  /** @type {Figures[]} */
  #figures = [];

  add(/** @type {Figures} */ figures) {
    this.#figures.push(figures);
  }

  /** One figure over all rounds. */
  of(/** @type {string} */ name) {
    return spreadOf(this.#figures.map((figures) => figures[name] ?? NaN));
  }

  /** One figure divided by another side's of the same round, over all rounds. */
  ratio(/** @type {string} */ name, /** @type {Rounds} */ other) {
    return spreadOf(
      this.#figures.map((figures, i) => (figures[name] ?? NaN) / (other.#figures[i]?.[name] ?? NaN)),
    );
  }
}
