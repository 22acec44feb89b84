import { AppProcess, driveAsShipped } from './support/app-process';
import { type Certificates, makeCertificates } from './support/certificates';
import { findProgram } from './support/find-program';
import { freePort } from './support/free-port';
import { postJson } from './support/http';
import { RedisServer } from './support/redis-server';
import { StandIn } from './support/stand-in';
import { BATCHED } from './support/system';

driveAsShipped();

// A machine without openssl has no certificate to try.
const describeWithOpenssl = findProgram('openssl') === undefined ? describe.skip : describe;

describeWithOpenssl('a Redis whose certificate an authority of one’s own has signed', () => {
  let certificates: Certificates;
  let redis: RedisServer;
  let env: Record<string, string>;

  beforeAll(async () => {
    certificates = await makeCertificates();
    const port = await freePort();
    redis = await RedisServer.start({
      args: [
        ...[
          '--tls-port',
          String(port),
          '--tls-auth-clients',
          'no',
          '--tls-ca-cert-file',
          certificates.authority,
        ],
        ...['--tls-cert-file', certificates.certificate, '--tls-key-file', certificates.key],
      ],
    });
    env = { REDIS_URL: `rediss://localhost:${port}`, REDIS_BOOT_WAIT: '2', BATCH_TIMEOUT: '100' };
  });
  afterAll(async () => {
    await redis.stop();
    await certificates.remove();
  });

  it('is not trusted, and the last line says how it would be', async () => {
    const batcher = await AppProcess.launch('batcher', env);
    expect(await batcher.exited).toBe(69);
    const said = batcher.lines.join('\n');
    expect(said).toContain('SELF_SIGNED_CERT_IN_CHAIN');
    expect(said).toContain('NODE_EXTRA_CA_CERTS');
  });

  it('is trusted with NODE_EXTRA_CA_CERTS, by every connection of all three roles', async () => {
    const bot = await StandIn.start();
    const trusting = { ...env, NODE_EXTRA_CA_CERTS: certificates.authority, BOT_URL: bot.url };
    const apps = await Promise.all(
      (['webhook', 'batcher', 'worker'] as const).map((name) => AppProcess.start(name, trusting)),
    );
    const [webhook] = apps;
    const message = { phone: '79001234567', message: 'over TLS', messageId: 'm-1' };
    expect((await postJson(`${String(webhook?.url)}${BATCHED}`, message)).status).toBe(200);
    await bot.hears(1);
    await Promise.all(apps.map((app) => app.terminate()));
    await bot.stop();
  });
});
