import { Logger } from '@nestjs/common';
import type { Finding } from '@app/contracts';
import { FindingsLog } from './findings.log';

const FINDING: Finding = { code: 'no-batcher', message: 'No batcher', check: 'Look for one' };

describe('the log of findings', () => {
  let lines: string[];
  let log: FindingsLog;

  beforeEach(() => {
    lines = [];
    log = new FindingsLog();
    const note = (message: unknown): void => void lines.push(String(message));
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(note);
    jest.spyOn(Logger.prototype, 'log').mockImplementation(note);
  });
  afterEach(() => jest.restoreAllMocks());

  it('says a finding once when it has stood for a while, and once when it is over', () => {
    for (const second of [0, 2, 4, 6, 8, 10]) log.update([FINDING], second * 1000);
    log.update([], 12_000);
    log.update([], 14_000);

    expect(lines).toEqual(['No batcher. Look for one', 'No longer so: No batcher']);
  });

  it('says it again when it comes again', () => {
    for (const second of [0, 6]) log.update([FINDING], second * 1000);
    log.update([], 7_000);
    for (const second of [8, 14]) log.update([FINDING], second * 1000);

    expect(lines.filter((line) => line.startsWith('No batcher'))).toHaveLength(2);
  });

  it('says nothing of what passes by itself', () => {
    for (const second of [0, 2, 4]) log.update([FINDING], second * 1000);
    log.update([], 6_000);

    expect(lines).toEqual([]);
  });
});
