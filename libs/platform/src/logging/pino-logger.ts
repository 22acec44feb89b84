import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import { maskPhones } from './phones';

export interface LogOptions {
  service: string;
  level: string;
  /** Readable lines for a person; else one JSON object a line. */
  pretty: boolean;
  maskPhones: boolean;
}

// Fields that name a customer; all others hold numbers, reasons or ids of ours.
const CUSTOMER_FIELDS = ['conversationId', 'phone', 'preview'];

/** Nest's logger on pino: `logger.log(message, { fields })`; what Nest calls a context becomes `context`. */
export class PinoLogger implements LoggerService {
  private readonly pino: Logger;

  constructor(private readonly options: LogOptions) {
    const base = { name: options.service, level: options.level };
    this.pino = options.pretty
      ? pino({ ...base, transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', singleLine: true } } })
      : pino(base);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
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

  private write(level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal', message: unknown, rest: unknown[]): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const fields: Record<string, unknown> = {};
    const words = rest.filter((item) => typeof item === 'string');
    const context = words.at(-1);
    if (context !== undefined) fields.context = context;
    if (words.length > 1) fields.stack = words[0];
    for (const item of rest) if (typeof item === 'object') Object.assign(fields, item);
    this.pino[level](this.masked(fields), this.mask(message instanceof Error ? message.message : String(message)));
  }

  private masked(fields: Record<string, unknown>): Record<string, unknown> {
    if (!this.options.maskPhones) return fields;
    const masked = { ...fields };
    for (const name of CUSTOMER_FIELDS) {
      // A preview is the customer's own words: where phones are masked, so are they.
      if (name === 'preview') delete masked[name];
      else if (typeof masked[name] === 'string') masked[name] = this.mask(masked[name]);
    }
    return masked;
  }

  private mask(text: string): string {
    return this.options.maskPhones ? maskPhones(text) : text;
  }
}
