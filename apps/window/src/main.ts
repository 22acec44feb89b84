import { writeFile } from 'node:fs/promises';
import { Logger } from '@nestjs/common';
import { presentOf } from '@app/batching';
import { BootError, EXIT } from '@app/config';
import { PinoLogger } from '@app/platform';
import { loadSettings } from '@app/settings';
import { pictureOf, reportOf, textOf } from '@app/window';
import { readHistory } from './history';
import { optionsFrom } from './options';

async function main(): Promise<void> {
  const options = optionsFrom(process.argv.slice(2));
  if (options === null) return;
  const settings = loadSettings();
  // Nothing but the report goes to stdout, which another program may read.
  Logger.overrideLogger(new PinoLogger({ service: 'window', ...settings.log }, process.stderr));
  const batches = await readHistory(settings, options.batches);
  const report = reportOf(batches, presentOf(settings), options.bot);
  if (options.svg !== null) await write(options.svg, pictureOf(report));
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : textOf(report));
}

async function write(file: string, picture: string): Promise<void> {
  try {
    await writeFile(file, picture);
  } catch (error) {
    const { code = 'an error' } = error as NodeJS.ErrnoException;
    throw new BootError(`The picture cannot be written to ${file}: ${code}`, EXIT.unavailable);
  }
}

main().catch((error: unknown) => {
  if (!(error instanceof BootError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
});
