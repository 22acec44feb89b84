import { relative } from 'node:path';
import Jest from '@jest/test-sequencer';
import { LONG_TESTS } from './long-tests.mjs';
import { ROOT } from './steps.mjs';

/** @typedef {import('@jest/test-result').Test} Test */

// To Node it is the class; the package's types are those of its CommonJS form.
const Sequencer = /** @type {typeof Jest.default} */ (/** @type {unknown} */ (Jest));

/**
 * Begins the files in the order of `LONG_TESTS`, and the others behind them in Jest's own. In a fresh clone Jest knows no
 * durations and goes by size, so that a short file with a long storm would begin last and run alone.
 */
export default class LongestFirst extends Sequencer {
  /**
   * @override
   * @param {Test[]} tests
   */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf(/** @type {Test} */ { path }) {
  const place = LONG_TESTS.findIndex((part) => relative(ROOT, path).startsWith(part));
  return place === -1 ? LONG_TESTS.length : place;
}
