import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { testSettings } from '../../testing/settings';
import { constantsOf } from '../batch-store';
import { SCRIPTS } from './all';
import { append } from './append';
import { withConstants } from './constants';

const run = promisify(execFile);
const COMMAND = resolve(__dirname, '../../../../../scripts/lua.mjs');
const VARIABLES = { MAX_BATCH_SIZE: '7', KEY_PREFIX: 'ours-' };

/** What `npm run lua` prints. */
async function lua(...args: string[]): Promise<string> {
  const env = { ...process.env, NODE_ENV: 'test', ...VARIABLES };
  return (await run(process.execPath, [COMMAND, ...args], { env })).stdout;
}

describe('npm run lua', () => {
  let list: string;

  beforeAll(async () => {
    list = await lua();
  });

  it('prints a script as Redis gets it from a process with these settings, by its name or its SHA', async () => {
    const sent = (text: string): string => withConstants(text, constantsOf(testSettings(VARIABLES)));
    expect(sent(append.lua)).not.toBe(append.lua);
    expect(await lua(append.name)).toBe(sent(append.lua));
    const [sha = ''] = list.split(' ', 1);
    expect(SCRIPTS.map((script) => sent(script.lua))).toContain(await lua(sha));
  });

  it('lists every script without a name, and says so where there is none of the name', async () => {
    const lines = list.trim().split('\n');
    expect(lines.map((line) => /^[0-9a-f]{40} {2}(\w+): .*\.$/.exec(line)?.[1])).toEqual(
      SCRIPTS.map(({ name }) => name),
    );
    await expect(lua('apend')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no script apend: `npm run lua` lists them.') as string,
    });
  });
});
