import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { Logger } from '@nestjs/common';
import { type LogOptions, PinoLogger } from './pino-logger';

const PHONE = '79001234567';

/** A logger and the lines that it has written. */
function aLogger(options: Partial<LogOptions> = {}): { logger: PinoLogger; written: () => string[] } {
  const stream = new PassThrough();
  const all = { service: 'webhook', level: 'info', pretty: false, maskPhones: false, ...options };
  const written = (): string[] => linesOf(stream.read());
  return { logger: new PinoLogger(all, stream), written };
}

function linesOf(bytes: unknown): string[] {
  return bytes instanceof Buffer ? bytes.toString().trimEnd().split('\n') : [];
}

function parse(lines: string[]): Record<string, unknown> {
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

function lineOf(options: Partial<LogOptions>, log: (logger: PinoLogger) => void): Record<string, unknown> {
  const { logger, written } = aLogger(options);
  log(logger);
  return parse(written());
}

const BATCH = {
  conversationId: `962302:${PHONE}`,
  phone: PHONE,
  batchId: 'b-1',
  messagesCount: 4,
  preview: 'Запишите',
  text: 'Запишите на стрижку меня',
};

describe('the logger', () => {
  afterAll(() => {
    Logger.overrideLogger(['log', 'error', 'warn', 'debug', 'verbose', 'fatal']);
  });

  it('writes one JSON object a line: message, context, fields', () => {
    expect(lineOf({}, (logger) => logger.log('Processing', BATCH, 'BatchProcessor'))).toMatchObject({
      name: 'webhook',
      level: 30,
      msg: 'Processing',
      context: 'BatchProcessor',
      ...BATCH,
    });
  });

  it('writes what goes through Nest’s own logger', () => {
    const { logger, written } = aLogger();
    Logger.overrideLogger(logger);
    new Logger('Operator').warn('Cleared a batch', { cleared: 2 });
    expect(parse(written())).toMatchObject({
      level: 40,
      msg: 'Cleared a batch',
      context: 'Operator',
      cleared: 2,
    });
  });

  it('shows no phone and no customer’s words where phones are masked', () => {
    const line = lineOf({ maskPhones: true }, (logger) =>
      logger.log(`Processing batch for ${PHONE}`, BATCH, 'BatchProcessor'),
    );
    expect(JSON.stringify(line)).not.toMatch(/79001234567|Запишите/);
    expect(line).toMatchObject({
      msg: 'Processing batch for 7900…67',
      conversationId: '962302:7900…67',
      phone: '7900…67',
      batchId: 'b-1',
      messagesCount: 4,
    });
  });

  it('masks an error’s message and its stack too', () => {
    const { logger, written } = aLogger({ maskPhones: true });
    const error = new Error(`nothing known of ${PHONE}`);
    logger.error('Unforeseen error', error.stack, 'Http');
    logger.error(error);
    const lines = written();
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain(PHONE);
    expect(lines[0]).toContain('nothing known of 7900…67');
  });

  it.each(['conversationId', 'targetId', 'requestId', 'chatId', 'url', 'error', 'whatever'])(
    'masks a phone in the field %s, however deep',
    (field) => {
      const shown = lineOf({ maskPhones: true }, (logger) =>
        logger.log('a line', { [field]: PHONE, list: [{ [field]: `to ${PHONE}` }] }),
      );
      expect(shown).toMatchObject({ [field]: '7900…67', list: [{ [field]: 'to 7900…67' }] });
    },
  );

  it('leaves numbers, nulls and ids of ours as they are', () => {
    const fields = {
      dueInMs: 1721737327000,
      address: null,
      batchId: 'b-0b9d3c1e-1b9c-4b61-9d0f-012345678901',
    };
    expect(lineOf({ maskPhones: true }, (logger) => logger.log('a line', fields))).toMatchObject(fields);
  });

  it('keeps an error’s stack', () => {
    const { stack } = new Error('broken');
    expect(lineOf({}, (logger) => logger.error('Failed', stack, 'Http'))).toMatchObject({
      level: 50,
      msg: 'Failed',
      context: 'Http',
      stack,
    });
  });

  it('writes nothing below its level, nor Nest’s own talk unless asked', () => {
    const { logger, written } = aLogger();
    logger.debug('detail', 'BatchProcessor');
    logger.log('Mapped {/docs, GET}', 'RouterExplorer');
    expect(written()).toEqual([]);
    expect(lineOf({ level: 'debug' }, (each) => each.log('Mapped', 'RouterExplorer'))).toMatchObject({
      level: 20,
    });
  });

  it('writes for people where asked', async () => {
    const stream = new PassThrough();
    const options = { service: 'webhook', level: 'info', pretty: true, maskPhones: false };
    new PinoLogger(options, stream).log('Closed', { batches: 2 }, 'Shutdown');
    const [line] = (await once(stream, 'data')) as [Buffer];
    expect(line.toString()).toMatch(/INFO.*Closed.*"batches":2/);
  });

  it('prints nothing for people that their terminal would act upon', async () => {
    const stream = new PassThrough();
    const options = { service: 'worker', level: 'info', pretty: true, maskPhones: false };
    const text = 'Hi\nFATAL: forged\r\u001b[2J\u009b31m\u202egnp';
    new PinoLogger(options, stream).log(`Merged message: ${text}`, { text, list: [text] });
    const [printed] = (await once(stream, 'data')) as [Buffer];
    const lines = printed.toString().trimEnd();
    // eslint-disable-next-line no-control-regex
    expect(lines).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(lines).toContain('Merged message: Hi\\nFATAL: forged\\u000d\\u001b[2J\\u009b31m\\u202egnp');
  });
});
