import { BALANCED_ACCOUNTS } from '@app/batching';
import { ATTEMPT_OUTCOMES, CHANNELS } from '@app/contracts';
import { filesIn, literals, matches, read } from './support/pages';

// What the documentation lists one by one: fields, states, labels, each as the code has them.
const OPERATIONS = read('docs/operations.md');
const FINDINGS = literals('libs/contracts/src/sentences/english-findings.ts', /^ {2}'([a-z-]+)':/gm);
const METRICS = read('docs/metrics.md');

it('the errors that Swagger shows have each status in docs/http.md', () => {
  const rows = matches(read('docs/http.md'), /^\| (\d{3}(?:, \d{3})*) \|/gm).flatMap((cell) =>
    cell.split(', '),
  );
  const shown = literals('apps/webhook/src/openapi/problem.examples.ts', /^ {2}(\d{3}): /gm);
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.filter((status) => !rows.includes(status))).toEqual([]);
});

it('the counters in Redis have each of their fields in docs/redis-keys.md', () => {
  const [row = ''] = /^\| `rapid-fire-counters` .*$/m.exec(read('docs/redis-keys.md')) ?? [];
  const counted = filesIn(['libs/batching/src/store/scripts'], /^[a-z-]+(\.fragment)?\.ts$/).flatMap((file) =>
    literals(file, /(?:count\(|counters, )'(\w+)'/g),
  );
  expect(counted).toEqual(expect.arrayContaining(['accepted', 'answered', 'historyBytes']));
  expect(counted.filter((field) => !row.includes(`\`${field}\``))).toEqual([]);
});

it.each([
  [
    'requests_refused_total',
    literals('libs/platform/src/metrics/refusal.metrics.ts', /^ {2}\d+: '([a-z-]+)'/gm),
  ],
  ['messages_handed_off_total', CHANNELS],
  ['bot_calls_total', ATTEMPT_OUTCOMES],
  ['account_messages', BALANCED_ACCOUNTS],
  ['findings', FINDINGS],
])('rapid_fire_%s has each value of its labels in its row', (name, values) => {
  const [row = ''] = new RegExp(`^\\| .*\`rapid_fire_${name}\`.*$`, 'm').exec(METRICS) ?? [];
  expect(values.length).toBeGreaterThan(4);
  expect(values.filter((value) => !row.includes(`\`${value}\``))).toEqual([]);
});

it('the alerts tell of each finding, by its name or by a gauge of their own', () => {
  const byGauge = ['bot-away', 'dead-letters', 'set-aside', 'too-many-turns'];
  const byName = matches(read('ops/prometheus/alerts.yml'), /finding=~?"([a-z|-]+)"/g).flatMap((name) =>
    name.split('|'),
  );
  expect([...byName, ...byGauge].sort()).toEqual([...FINDINGS].sort());
});

describe('the merged message', () => {
  const CONSUMING = read('docs/consuming.md');
  const CONTRACT = read('libs/contracts/src/merged-message.ts');
  const fieldsOf = (type: string, mark: string): string[] => {
    const [, body = ''] = new RegExp(`interface ${type} \\{([^]*?)\n\\}`).exec(CONTRACT) ?? [];
    return matches(body, new RegExp(`^ {2}(\\w+)${mark}:`, 'gm')).sort();
  };

  it('in docs/consuming.md has the fields that every one has', () => {
    const [, json = ''] = /```json\n([^]*?)```/.exec(CONSUMING) ?? [];
    const { messages, ...rest } = JSON.parse(json) as { messages: object[] };
    expect([...Object.keys(rest), 'messages'].sort()).toEqual(fieldsOf('MergedMessage', ''));
    expect(messages.map((part) => Object.keys(part).sort())).toEqual(
      messages.map(() => fieldsOf('MergedPart', '')),
    );
  });

  it('has those that only some have named there', () => {
    const optional = [...fieldsOf('MergedMessage', '\\?'), ...fieldsOf('MergedPart', '\\?')];
    expect(optional).toEqual(expect.arrayContaining(['follows', 'stale']));
    expect(optional.filter((field) => !CONSUMING.includes(`\`${field}\``))).toEqual([]);
  });
});

describe('the timeline', () => {
  const TYPES = read('libs/contracts/src/timeline/timeline-entry.ts');
  const [, states = ''] = /interface BatchEntry \{[^]*?\n {2}state: (.*);/.exec(TYPES) ?? [];
  const [, awaits = ''] = /type Awaits = (.*);/.exec(TYPES) ?? [];

  it('has each state of a batch in docs/operations.md', () => {
    expect(states).toContain("'filling'");
    const rows = matches(OPERATIONS, /^\| `batch` `([a-z-]+)` \|/gm);
    expect(rows.sort()).toEqual(matches(states, /'([a-z-]+)'/g).sort());
  });

  it('has all that a batch on the queue may await there', () => {
    expect(awaits).toContain("'worker'");
    const [row = ''] = /^\| `batch` `waiting` .*$/m.exec(OPERATIONS) ?? [];
    expect(matches(awaits, /'([a-z-]+)'/g).filter((each) => !row.includes(`\`${each}\``))).toEqual([]);
  });
});
