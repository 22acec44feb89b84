import { shownText, shownValue } from './shown-value';
import { Variables, VARIABLE } from './testing/variables';

describe('a variable as it is shown', () => {
  it.each<[keyof Variables, unknown, string]>([
    ['PORT', 3000, '3000'],
    ['SHUTDOWN_FLUSH', false, 'false'],
    ['ON_HUMAN_REPLY', 'hold', 'hold'],
    ['QUEUE_NAME', 'messages', 'messages'],
    ['SERVERS', ['redis://:hunter2@a:7000', 'redis://b'], 'a:7000, b'],
    ['SERVERS', [], 'not set'],
    ['PASSWORD', 'hunter2', 'set'],
    ['PASSWORD', undefined, 'not set'],
    ['WEBHOOK_SECRET', ['one-secret', 'two-secret'], 'set'],
    ['WEBHOOK_SECRET', [], 'not set'],
  ])('%s: %j → %s', (name, value, expected) => {
    expect(shownValue(VARIABLE[name], value)).toBe(expected);
  });

  it.each<[keyof Variables, string, string | null]>([
    ['PORT', '3000', '3000'],
    ['PORT', 'hunter2', null],
    ['SHUTDOWN_FLUSH', 'true', 'true'],
    ['SHUTDOWN_FLUSH', 'hunter2', null],
    ['QUEUE_NAME', 'hunter2', null],
    ['PASSWORD', 'hunter2', null],
    ['PASSWORD', ' ', 'empty'],
    ['SERVERS', 'redis://:hunter2@a:7000, redis://b', 'a:7000, b'],
  ])('%s before it is checked: %j → %j', (name, text, expected) => {
    expect(shownText(VARIABLE[name], text)).toBe(expected);
  });
});
