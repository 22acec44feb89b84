import { once } from 'node:events';
import { connect } from 'node:net';

const SILENCE_MS = 2_000;

/** What a Redis reports about itself. */
export interface Answer {
  pid: number;
  runId: string;
  /** Its data directory, with symbolic links resolved. */
  directory: string;
  isLoading: boolean;
}

/**
 * Asks the listener on a loopback port; undefined if it is no Redis, or silent.
 *
 * It writes to the socket itself, because a client's timers outlive a refused connection and would delay the exit.
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

/** The whole answer until the other side closes, or falls silent. */
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
