import type * as Nest from '@nestjs/common';

// The library's log in this process is not a test result; a test about the log listens itself. The log is switched off only
// in files that load Nest, because loading it takes longer than the tests of many files.
jest.mock('@nestjs/common', () => {
  // Nest imports itself while it is loaded: until then only a part of it exists.
  const nest = jest.requireActual<Partial<typeof Nest>>('@nestjs/common');
  nest.Logger?.overrideLogger(false);
  return nest;
});
