import { inPercent, inSeconds, windowInSeconds } from './figures';
import type { Row } from './row';

/** What the kinds of settings are called. */
export const NAMES = {
  hold: 'hold',
  supersede: 'supersede',
  'early-start': 'supersede, early start',
} as const;

interface Column {
  title: string;
  width: number;
  cell: (row: Row) => string;
}

const COLUMNS: readonly Column[] = [
  { title: 'window s', width: 8, cell: windowInSeconds },
  {
    title: 'start s',
    width: 9,
    cell: ({ kind, startMs }) => (kind === 'early-start' ? inSeconds(startMs) : ''),
  },
  {
    title: 'answered twice %',
    width: 18,
    cell: ({ twice, margin }) => `${inPercent(twice)} ± ${inPercent(margin)}`,
  },
  { title: 'mean s', width: 8, cell: ({ meanMs }) => (meanMs / 1000).toFixed(1) },
  { title: '90 % s', width: 8, cell: ({ p90Ms }) => (p90Ms / 1000).toFixed(1) },
  { title: 'bot calls', width: 11, cell: ({ calls }) => calls.toFixed(2) },
];
const NAME_WIDTH = 24;

/** The settings as lines of text, each with its marks behind it. */
export function tableOf(rows: readonly Row[], recommended: Row | null): string[] {
  return [
    line('', ({ title }) => title),
    ...rows.map((row) => {
      const marks = [row.isPresent && 'present', row === recommended && 'recommended', row.isBeyond && '+'];
      return `${line(NAMES[row.kind], ({ cell }) => cell(row))}  ${marks.filter(Boolean).join(', ')}`.trimEnd();
    }),
  ];
}

function line(name: string, textOf: (column: Column) => string): string {
  return name.padEnd(NAME_WIDTH) + COLUMNS.map((column) => textOf(column).padStart(column.width)).join('');
}
