import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ADVICE = 'no libfaketime on this machine; Debian’s package is `faketime`';

/** A host clock that tests set: every process with its `env` reads it; monotonic clocks are not affected. */
export class FakeTime {
  private constructor(
    private readonly library: string,
    private readonly directory: string,
  ) {}

  static async start(library: string): Promise<FakeTime> {
    const clock = new FakeTime(library, await mkdtemp(join(tmpdir(), 'rapid-fire-clock-')));
    await clock.set(0);
    return clock;
  }

  get env(): Record<string, string> {
    return {
      LD_PRELOAD: this.library,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    };
  }

  /** Sets the clock this far ahead of the true time, s; a negative number sets it back. */
  set(aheadS: number): Promise<void> {
    return writeFile(this.file, `${aheadS < 0 ? '-' : '+'}${Math.abs(aheadS)}s\n`);
  }

  stop(): Promise<void> {
    return rm(this.directory, { recursive: true });
  }

  private get file(): string {
    return join(this.directory, 'offset');
  }
}

/** Debian has a folder for each kind of machine. */
function libraries(): string[] {
  if (!existsSync('/usr/lib')) return [];
  return readdirSync('/usr/lib').map((machine) => join('/usr/lib', machine, 'faketime', 'libfaketime.so.1'));
}

/** A `describe` for a machine that can set the clock of a process; other machines skip it and say so. */
export function describeWithFakeTime(name: string, tests: (library: string) => void): void {
  const candidates = [process.env.LIBFAKETIME ?? '', ...libraries()];
  const library = candidates.find((path) => path !== '' && existsSync(path));
  if (library !== undefined) {
    describe(name, () => tests(library));
    return;
  }
  process.stdout.write(`SKIPPED: ${name}: ${ADVICE}\n`);
  describe.skip(name, () => tests(''));
}
