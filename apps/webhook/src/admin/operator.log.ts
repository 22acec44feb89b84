import { Logger } from '@nestjs/common';

/** Logs every change that an operator makes, as a warning, so that no level hides it. */
export const operatorLog = new Logger('Operator');
