import { Metrics } from './metrics';

describe('the metrics of an application', () => {
  it('are its own, also where several applications share a process', async () => {
    const [one, other] = [new Metrics(), new Metrics()];
    one.counter({ name: 'things_total', help: 'Things.' }).inc();
    other.counter({ name: 'things_total', help: 'Things.' }).inc(2);
    expect(await one.render()).toContain('rapid_fire_things_total 1\n');
    expect(await other.render()).toContain('rapid_fire_things_total 2\n');
  });

  it('are read before they are shown', async () => {
    const metrics = new Metrics();
    const gauge = metrics.gauge({ name: 'level', help: 'Level.' });
    metrics.beforeScrape(async () => {
      gauge.set(await Promise.resolve(7));
    });
    expect(await metrics.render()).toContain('rapid_fire_level 7\n');
  });

  it('tell how late the event loop is', async () => {
    expect(await new Metrics().render()).toContain('rapid_fire_nodejs_eventloop_lag_seconds ');
  });
});
