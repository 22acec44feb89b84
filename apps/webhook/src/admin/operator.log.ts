import { Logger } from '@nestjs/common';

/** Where every change that an operator makes is written down, as a warning, so that no level hides it. */
export const operatorLog = new Logger('Operator');
