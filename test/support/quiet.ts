import { Logger } from '@nestjs/common';

// What the library logs in this process is no test's result; a test that is about the log listens itself.
Logger.overrideLogger(false);
