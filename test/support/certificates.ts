import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate for localhost, and our own authority that signed it, as files. */
export interface Certificates {
  authority: string;
  certificate: string;
  key: string;
  remove(): Promise<void>;
}

/** Made by the machine's openssl for one test; no other program trusts it. */
export async function makeCertificates(): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'rapid-fire-tls-'));
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): Promise<unknown> => run('openssl', args, { cwd: folder });
  const fresh = ['-newkey', 'rsa:2048', '-nodes', '-subj'];
  await writeFile(file('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1');
  await openssl(
    'req',
    '-x509',
    ...fresh,
    '/CN=an authority of our own',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  );
  await openssl('req', ...fresh, '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr');
  await openssl(
    ...['x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
    ...['-extfile', 'names', '-out', 'server.pem'],
  );
  return {
    authority: file('ca.pem'),
    certificate: file('server.pem'),
    key: file('server.key'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
