import { testSettings } from '../testing/settings';
import { findingsOf } from './findings';
import { cardOf, parseCard, type ProcessCard, type Role } from './process-card';

const PLACE = 'localhost:6380, database 0';

describe('what a process sees amiss', () => {
  it.each<[string, Role[], Role[][], string[]]>([
    ['a webhook alone', ['webhook'], [], ['no-batcher']],
    ['a webhook among webhooks', ['webhook'], [['webhook'], ['worker']], ['no-batcher']],
    ['a batcher alone', ['batcher'], [], ['no-webhook']],
    ['a webhook and a batcher', ['webhook'], [['batcher']], []],
    ['a batcher and a webhook', ['batcher'], [['webhook'], ['batcher']], []],
    ['all in one', ['webhook', 'batcher', 'worker'], [], []],
    ['a worker alone', ['worker'], [], ['no-batcher']],
  ])('%s', (_, own, others, codes) => {
    const findings = findingsOf(
      card(own),
      others.map((roles) => card(roles)),
      PLACE,
    );

    expect(findings.map(({ code }) => code)).toEqual(codes);
  });

  it('says on which Redis no other process was seen, and what to look at', () => {
    const [finding] = findingsOf(card(['webhook']), [], PLACE);

    expect(finding?.message).toContain('No batcher on the Redis at localhost:6380, database 0');
    expect(finding?.check).toContain('compare REDIS_URL');
  });

  it('names each setting that differs, with both values', () => {
    const other = card(['batcher'], { BATCH_TIMEOUT: '5000', QUEUE_NAME: 'others' });

    expect(findingsOf(card(['webhook']), [other], PLACE)).toEqual([
      expect.objectContaining({
        code: 'settings-differ',
        message: expect.stringMatching(
          /BATCH_TIMEOUT is 9000 here and 5000 there, QUEUE_NAME is messages here and others there/,
        ) as string,
      }),
    ]);
  });

  it('names an environment that differs', () => {
    const other = { ...card(['batcher']), environment: 'production' as const };

    expect(findingsOf(card(['webhook']), [other], PLACE)[0]?.code).toBe('environments-differ');
  });
});

it.each(['', '[]', '{"roles":"webhook"}', '{"roles":[]}'])('leaves out a card it cannot read: %j', (json) => {
  expect(parseCard(json)).toBeNull();
});

function card(roles: Role[], variables: Record<string, string> = {}): ProcessCard {
  return cardOf(testSettings(variables), roles);
}
