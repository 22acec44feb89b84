import type { Writable } from 'node:stream';
import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import { build as prettyStream } from 'pino-pretty';
import { currentRequestId } from '../http/request-id';
import { maskPhones } from './phones';
import { turnDestination } from './turn-destination';

export interface LogOptions {
  service: string;
  level: string;
  /** Readable lines for a person; else one JSON object a line. */
  pretty: boolean;
  maskPhones: boolean;
}

const PRETTY = { ignore: 'pid,hostname,name', singleLine: true, translateTime: 'HH:MM:ss.l' };

// What Nest says of itself at start: of use when something is missing, noise otherwise.
const FRAMEWORK = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
]);

// Fields that name a customer, or hold what others wrote and may name one: a sender may give its request the id of its
// message. All others hold numbers, reasons or ids of ours.
const CUSTOMER = new Set(['conversationId', 'phone', 'requestId', 'error']);
// Where phones are masked, what their owners wrote is left out.
const CUSTOMERS_WORDS = new Set(['preview', 'text']);

/** Nest's logger on pino: `logger.log(message, { fields })`; what Nest calls a context becomes `context`. */
export class PinoLogger implements LoggerService {
  private readonly pino: Logger;

  /** @param destination where the lines go, else stdout. */
  constructor(
    private readonly options: LogOptions,
    destination?: Writable,
  ) {
    const base = { name: options.service, level: options.level };
    // Not by a worker thread: the last lines before an exit are the ones that matter.
    const stream = options.pretty
      ? prettyStream({ ...PRETTY, sync: true, ...(destination && { destination }) })
      : (destination ?? turnDestination());
    this.pino = pino(base, stream);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write(FRAMEWORK.has(rest.at(-1) as string) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    // A start that fails is told by whoever ends the process; Nest tells it once more.
    this.write(rest.at(-1) === 'ExceptionHandler' ? 'debug' : 'error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const fields: Record<string, unknown> = {};
    const requestId = currentRequestId();
    if (requestId !== undefined) fields.requestId = requestId;
    const words = rest.filter((item) => typeof item === 'string');
    const context = words.at(-1);
    if (context !== undefined) fields.context = context;
    if (words.length > 1) fields.stack = this.mask(words[0] ?? '');
    for (const item of rest) if (typeof item === 'object') Object.assign(fields, item);
    this.pino[level](
      this.masked(fields),
      this.mask(message instanceof Error ? message.message : String(message)),
    );
  }

  private masked(fields: Record<string, unknown>): Record<string, unknown> {
    if (!this.options.maskPhones) return fields;
    const shown: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(fields)) {
      if (CUSTOMERS_WORDS.has(name)) continue;
      shown[name] = CUSTOMER.has(name) && typeof value === 'string' ? this.mask(value) : value;
    }
    return shown;
  }

  private mask(text: string): string {
    return this.options.maskPhones ? maskPhones(text) : text;
  }
}
