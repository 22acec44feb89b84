import type { Writable } from 'node:stream';
import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import { build as prettyStream } from 'pino-pretty';
import { currentRequestId } from '../http/request-id';
import { maskPhones, maskStrangersId } from './phones';
import { turnDestination } from './turn-destination';
import { visible, visibleInJson } from './visible';

export interface LogOptions {
  service: string;
  level: string;
  /** Readable lines for a person; otherwise one JSON object a line. */
  pretty: boolean;
  maskPhones: boolean;
}

const PRETTY = { ignore: 'pid,hostname,name', singleLine: true, translateTime: 'HH:MM:ss.l' };

// Nest's own lines at start: useful when something is missing, noise otherwise.
const FRAMEWORK = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
]);

// Ids that other systems have made: a sender may give its request the id of its message, or of its customer.
const STRANGERS_IDS = new Set(['requestId', 'targetId', 'messageId', 'chatId']);
// Where phones are masked, customers' words are left out.
const CUSTOMERS_WORDS = new Set(['preview', 'text']);

/** Nest's logger on pino: `logger.log(message, { fields })`; what Nest calls a context becomes `context`. */
export class PinoLogger implements LoggerService {
  private readonly pino: Logger;

  /** @param destination where the lines go; default stdout. */
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
    // The code that ends the process reports a failed start; Nest reports it once more.
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
    const text = this.mask(message instanceof Error ? message.message : String(message));
    this.pino[level](this.shown(fields), this.options.pretty ? visible(text) : text);
  }

  private shown(fields: Record<string, unknown>): Record<string, unknown> {
    const { maskPhones: isMasked, pretty } = this.options;
    const masked = isMasked ? withTexts(fields, maskedText) : fields;
    return pretty ? withTexts(masked, (_, text) => visibleInJson(text)) : masked;
  }

  private mask(text: string): string {
    return this.options.maskPhones ? maskPhones(text) : text;
  }
}

/** Any text may name a customer; undefined leaves it out. */
function maskedText(name: string, text: string): string | undefined {
  if (CUSTOMERS_WORDS.has(name)) return undefined;
  return STRANGERS_IDS.has(name) ? maskStrangersId(text) : maskPhones(text);
}

/** The fields with each text in them, at any depth, changed or left out. */
function withTexts(
  fields: object,
  change: (name: string, text: string) => string | undefined,
): Record<string, unknown> {
  const changed = (name: string, value: unknown): unknown => {
    if (typeof value === 'string') return change(name, value);
    if (Array.isArray(value)) return value.map((one) => changed(name, one));
    return typeof value === 'object' && value !== null ? withTexts(value, change) : value;
  };
  const entries = Object.entries(fields).map(([name, value]) => [name, changed(name, value)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
