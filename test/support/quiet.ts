import type * as Nest from '@nestjs/common';

// What the library logs in this process is no test's result; a test that is about the log listens itself. Only a file
// that loads Nest pays for loading it.
jest.mock('@nestjs/common', () => {
  const nest = jest.requireActual<typeof Nest>('@nestjs/common');
  nest.Logger.overrideLogger(false);
  return nest;
});
