import type * as Nest from '@nestjs/common';

// What the library logs in this process is no test's result; a test that is about the log listens itself. Said only
// where a file loads Nest, for loading it takes longer than many a file's tests.
jest.mock('@nestjs/common', () => {
  // Nest imports itself while it is loaded: then only a part is there.
  const nest = jest.requireActual<Partial<typeof Nest>>('@nestjs/common');
  nest.Logger?.overrideLogger(false);
  return nest;
});
