import { Axis } from './axis';
import type { Kind } from './candidates';
import { inSeconds, windowInSeconds } from './figures';
import { type Label, type Labelled, placed } from './labels';
import type { Report } from './report';
import type { Row } from './row';
import { NAMES } from './table';

const [WIDTH, HEIGHT] = [760, 480];
const PLOT = { left: 60, right: 720, top: 70, bottom: 420 };
const LEGEND_STEP = 150;

// Kinds differ by shape as well as by colour. Without variables, which only browsers know.
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .ground { fill: #ffffff } .grid { stroke: #d0d7de } .ring { fill: none; stroke: #24292f; stroke-width: 1.5 }
  .hold { fill: #57606a } .supersede { fill: #0969da } .early-start { fill: #bc4c00 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .ground { fill: #0d1117 } .grid { stroke: #30363d } .ring { stroke: #e6edf3 }
    .hold { fill: #9ea7b3 } .supersede { fill: #58a6ff } .early-start { fill: #f0883e }
  }`;

const SHAPES: Record<Kind, (x: number, y: number) => string> = {
  hold: (x, y) => `<circle class="hold" cx="${x}" cy="${y}" r="5"/>`,
  supersede: (x, y) => `<rect class="supersede" x="${x - 5}" y="${y - 5}" width="10" height="10"/>`,
  'early-start': (x, y) => `<path class="early-start" d="M${x} ${y - 6}l6 11h-12z"/>`,
};

/** Bursts answered twice against the mean delay, a point for each setting, as SVG for light and dark pages. */
export function pictureOf({ settings, advice }: Report): string {
  const delays = new Axis(Math.max(0, ...settings.map(({ meanMs }) => meanMs / 1000)), PLOT.left, PLOT.right);
  const shares = new Axis(Math.max(0, ...settings.map(({ twice }) => 100 * twice)), PLOT.bottom, PLOT.top);
  const labelled = settings.map((row) => ({
    x: delays.at(row.meanMs / 1000),
    y: shares.at(100 * row.twice),
    text: labelOf(row, row === advice?.recommended),
  }));
  const labels = placed(labelled);
  const points = settings.map((row, i) =>
    pointOf(row, labelled[i] as Labelled, labels[i] as Label, row === advice?.recommended),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">`,
    '<title>Bursts answered more than once, against the mean delay, for each setting</title>',
    `<style>${STYLE}</style>`,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>`,
    ...legend(),
    ...delays.ticks.flatMap((tick) => verticalAt(delays.at(tick), tick)),
    ...shares.ticks.flatMap((tick) => horizontalAt(shares.at(tick), tick)),
    `<text x="${PLOT.right}" y="${PLOT.bottom + 44}" text-anchor="end">mean delay from the last message to the last answer, s</text>`,
    `<text x="${PLOT.left - 40}" y="${PLOT.top - 14}">answered more than once, %</text>`,
    ...points,
    '</svg>',
    '',
  ].join('\n');
}

function legend(): string[] {
  return (['hold', 'supersede', 'early-start'] as const).map((kind, i) => {
    const x = PLOT.left + i * LEGEND_STEP;
    return `${SHAPES[kind](x, 24)}<text x="${x + 12}" y="28">${NAMES[kind]}</text>`;
  });
}

function verticalAt(x: number, value: number): string[] {
  return [
    `<line class="grid" x1="${x}" x2="${x}" y1="${PLOT.top}" y2="${PLOT.bottom}"/>`,
    `<text x="${x}" y="${PLOT.bottom + 20}" text-anchor="middle">${tidy(value)}</text>`,
  ];
}

function horizontalAt(y: number, value: number): string[] {
  return [
    `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y}" y2="${y}"/>`,
    `<text x="${PLOT.left - 8}" y="${y + 4}" text-anchor="end">${tidy(value)}</text>`,
  ];
}

function pointOf(
  { kind, isPresent }: Row,
  { x, y, text }: Labelled,
  label: Label,
  isRecommended: boolean,
): string {
  const ring = isPresent || isRecommended ? `<circle class="ring" cx="${x}" cy="${y}" r="10"/>` : '';
  return `${SHAPES[kind](x, y)}${ring}<text x="${label.x}" y="${label.y}" text-anchor="${label.anchor}">${text}</text>`;
}

function labelOf(row: Row, isRecommended: boolean): string {
  const { kind, startMs, isPresent } = row;
  const start = kind === 'early-start' ? `${inSeconds(startMs)} → ` : '';
  const mark = isRecommended ? ', recommended' : isPresent ? ', present' : '';
  return `${start}${windowInSeconds(row)} s${mark}`;
}

/** Without what binary fractions add to it. */
function tidy(value: number): string {
  return String(Number(value.toPrecision(3)));
}
