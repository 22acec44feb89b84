import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describeWithPrometheus } from '../support/prometheus-programs';
import { OPS } from './operators-files';

const run = promisify(execFile);

describeWithPrometheus('what Prometheus is given', ({ promtool }) => {
  const check = async (...args: string[]): Promise<string> => {
    const { stdout } = await run(promtool, args, { cwd: `${OPS}/prometheus` });
    return stdout;
  };

  it('is a configuration that it reads', async () => {
    expect(await check('check', 'config', 'prometheus.yml')).toMatch(/SUCCESS: 1 rule files found/);
  });

  it('are rules that it reads', async () => {
    expect(await check('check', 'rules', 'alerts.yml')).toMatch(/SUCCESS: \d+ rules found/);
  });

  it('are alerts that fire when they should, and only then', async () => {
    expect(await check('test', 'rules', 'alerts.test.yml')).toMatch(/SUCCESS/);
  });
});
