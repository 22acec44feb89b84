import { sampleOf } from '../support/gateway-samples';
import { GatewayStage } from '../support/gateway-stage';

describe('metrics of gateways', () => {
  let stage: GatewayStage;

  beforeEach(async () => {
    stage = await GatewayStage.start();
  });
  afterEach(() => stage.stop());

  async function counted(name: string): Promise<string[]> {
    const { text } = await stage.system.send('/metrics');
    return text
      .split('\n')
      .filter((line) => line.startsWith(`rapid_fire_${name}{`))
      .map((line) => line.slice(`rapid_fire_${name}`.length))
      .sort();
  }

  it('count every entry by what it is, what became of it and why', async () => {
    const { bytes } = sampleOf('meta-cloud/text.json');
    const files = ['meta-cloud/status-delivered.json', 'meta-cloud/reaction.json'];
    for (const body of [bytes, bytes, ...files.map((file) => sampleOf(file).bytes)])
      await stage.postSigned('meta', body);
    await stage.postSigned('waha', sampleOf('waha/status-broadcast.json').bytes);
    await stage.postSigned('waha', sampleOf('waha/group-text-lid-participant.json').bytes);

    const labels = await counted('gateway_events_total');
    const of = (gateway: string, kind: string, outcome: string): string =>
      `{gateway="${gateway}",kind="${kind}",outcome="${outcome}"`;
    for (const [start, reason] of [
      [of('meta', 'message', 'opened'), ''],
      [of('meta', 'message', 'duplicate'), ''],
      [of('waha', 'ignored', 'ignored'), 'status-post'],
      [of('waha', 'message', 'ignored'), 'group'],
    ] as const)
      expect(labels).toContain(`${start},reason="${reason}"} 1`);
    for (const start of [of('meta', 'status', 'ignored'), of('meta', 'reaction', 'ignored')])
      expect(labels.filter((line) => line.startsWith(start))).toHaveLength(1);
  });

  it('count what is not understood and what is refused, by why', async () => {
    await stage.postSigned('waha', '{');
    await stage.post('/webhook/waha', '{}', {});
    await stage.post('/webhook/waha', '{}', { 'x-webhook-hmac': 'ab' });
    expect(await counted('gateway_unreadable_total')).toEqual(['{gateway="waha",reason="not-json"} 1']);
    const refusals = await counted('gateway_refusals_total');
    expect(refusals.filter((line) => !line.endsWith(' 0'))).toEqual([
      '{gateway="waha",reason="mismatch"} 1',
      '{gateway="waha",reason="missing"} 1',
    ]);
  });
});
