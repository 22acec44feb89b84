import { StoreUnavailableError } from '@app/batching';
import { type Gateway, gatewayNamed } from '@app/gateways';
import { eventually } from '../../../../test/support/eventually';
import type { GatewayIngest } from './gateway-ingest';
import type { GatewayMetrics } from './gateway.metrics';
import { Spill } from './spill';

// Its gateway does not send again what was refused.
const VENOM = gatewayNamed('venom') as Gateway;

function bodyOf(id: string): Buffer {
  return Buffer.from(JSON.stringify({ id, body: 'Hello', type: 'chat', from: '79001234567@c.us' }));
}

/** An intake whose Redis is away until it is back, and then takes what it is given once the gate is open. */
class GatedIntake {
  isAway = true;
  readonly taken: string[] = [];
  open: () => void = () => undefined;
  private readonly gate = new Promise<void>((resolve) => (this.open = resolve));

  async take(_: Gateway, bytes: Buffer): Promise<object> {
    if (this.isAway) throw new StoreUnavailableError('no answer');
    this.taken.push((JSON.parse(bytes.toString()) as { id: string }).id);
    await this.gate;
    return {};
  }
}

describe('what came while Redis was away', () => {
  it('is taken in once each and in its order, also where the process ends while it takes it in', async () => {
    const intake = new GatedIntake();
    const spill = new Spill(
      intake as unknown as GatewayIngest,
      { spilt: () => undefined } as unknown as GatewayMetrics,
    );
    await expect(spill.take(VENOM, bodyOf('first'))).rejects.toThrow();
    intake.isAway = false;
    await eventually(
      'the first in hand',
      () => Promise.resolve(intake.taken.length),
      (length) => length === 1,
    );
    intake.isAway = true;
    await expect(spill.take(VENOM, bodyOf('second'))).rejects.toThrow();
    intake.isAway = false;
    const ended = spill.beforeApplicationShutdown();
    intake.open();
    await ended;
    expect(intake.taken).toEqual(['first', 'second']);
  });
});
