import { once } from 'node:events';
import { connect } from 'node:net';

const SILENCE_MS = 2_000;

/** What a Redis says of itself. */
export interface Answer {
  pid: number;
  runId: string;
  /** Its data directory, free of symbolic links. */
  directory: string;
  isLoading: boolean;
}

/**
 * Asks whatever listens on a port of loopback; undefined where it is no Redis, or silent.
 *
 * By hand, as one would with telnet: a client's timers outlive a refused connection and would hold the process up.
 */
export async function probe(port: number): Promise<Answer | undefined> {
  // Redis answers both questions while it is still loading.
  const said = await conversation(port, 'INFO\r\nCONFIG GET dir\r\nQUIT\r\n');
  const pid = Number(/^process_id:(\d+)/m.exec(said)?.[1]);
  const runId = /^run_id:(\w+)/m.exec(said)?.[1];
  const directory = /^dir\r\n\$\d+\r\n(.*?)\r\n/m.exec(said)?.[1];
  if (!pid || !runId || !directory) return undefined;
  return { pid, runId, directory, isLoading: !/^loading:0/m.test(said) };
}

/** All that is answered until the other side hangs up, or falls silent. */
async function conversation(port: number, questions: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let said = '';
  socket.on('data', (text: string) => (said += text));
  socket.on('error', () => undefined);
  socket.setTimeout(SILENCE_MS, () => socket.destroy());
  socket.write(questions);
  await once(socket, 'close').catch(() => undefined);
  return said;
}
