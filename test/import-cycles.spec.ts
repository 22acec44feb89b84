import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const RULE = resolve(__dirname, '../scripts/lint/import-cycle.mjs');

/** The files of each cycle, by the rule that lint goes by. */
function cyclesOf(files: Record<string, string>): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'cycles-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const script = `
      import { cyclesUnder } from ${JSON.stringify(RULE)};
      const cycles = [...new Set(cyclesUnder([${JSON.stringify(folder)}]).values())];
      console.log(JSON.stringify(cycles.map((cycle) => [...cycle])));
    `;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    return (JSON.parse(output) as string[][]).map((cycle) =>
      cycle.map((file) => file.slice(folder.length + 1)).sort(),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a cycle of imports', () => {
  it.each([
    ['of values', "import { b } from './b';", "import { a } from './a';"],
    ['of types', "import type { B } from './b';", "import type { A } from './a';"],
    ['of types among values', "import { type B } from './b';", "import { type A } from './a';"],
    ['by what is passed on', "export type { B } from './b';", "export * from './a';"],
    ['by a type where it is used', "type B = import('./b').B;", "import type { A } from './a';"],
  ])('is found: %s', (_, a, b) => {
    expect(cyclesOf({ 'a.ts': a, 'b.ts': b, 'c.ts': a })).toEqual([['a.ts', 'b.ts']]);
  });

  it('is found where it is longer', () => {
    const to = (name: string): string => `import type { T } from './${name}';`;
    expect(cyclesOf({ 'a.ts': to('b'), 'b.ts': to('c'), 'c.ts': to('a'), 'd.ts': to('a') })).toEqual([
      ['a.ts', 'b.ts', 'c.ts'],
    ]);
  });

  it('is none where all arrows lead one way', () => {
    expect(cyclesOf({ 'a.ts': "import type { B } from './b';", 'b.ts': 'export type B = 1;' })).toEqual([]);
  });
});
