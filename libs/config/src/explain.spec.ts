import { withExamples, withTable } from './explain';
import { group } from './testing/variables';

describe('the variables as they are explained', () => {
  it('fill a table between two marks, and leave the rest of the page', () => {
    const page = 'Before.\n<!-- variables -->\nstale\n<!-- end of variables -->\nAfter.\n';
    const written = withTable(page, group.variables);
    expect(written).toMatch(/^Before\.\n[^]*After\.\n$/);
    expect(written).not.toContain('stale');
    for (const row of [
      '| `PORT` | `3000` | port, 0 to 65535 | A port. |',
      '| `MAX_BATCH_BYTES` | `256kb` | bytes, 1kb to 4mb | A size. |',
      '| `ON_HUMAN_REPLY` | `ignore` | `ignore`, `hold` | One of some words. |',
      '| `PASSWORD` | not set: none is sent |  | A secret. |',
    ])
      expect(written).toContain(`\n${row}\n`);
    expect(withTable(written, group.variables)).toBe(written);
  });

  it('fill a file of variables that is ready to copy', () => {
    const written = withExamples('# --- variables ---\n# --- end of variables ---\n', group.variables);
    expect(written).toContain('\n# A size. [bytes, 1kb to 4mb]\n#MAX_BATCH_BYTES=256kb\n');
    expect(written).toContain('\n# A secret. Not set: none is sent.\n#PASSWORD=\n');
    expect(written).toContain('\n# Secrets, see docs/http.md. [');
    expect(written).toContain('\n#WEBHOOK_SECRET=\n');
  });

  it('are not written where there is no place for them', () => {
    expect(() => withTable('No marks.', group.variables)).toThrow('are missing');
  });
});
