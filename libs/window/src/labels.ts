/** A point of a picture, and what is written beside it. */
export interface Labelled {
  x: number;
  y: number;
  text: string;
}

/** Where a text begins, or ends where its anchor is `end`. */
export interface Label {
  x: number;
  y: number;
  anchor: 'start' | 'end';
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

// Of the picture's 13 px, a little too wide, so that no two texts touch.
const CHARACTER = 7;
const LINE = 14;
const POINT = 10;

type Place = readonly [dx: number, dy: number, anchor: Label['anchor']];

const RIGHT: Place = [13, 4, 'start'];

/** The first that is free is taken. */
const PLACES: readonly Place[] = [
  RIGHT,
  [-13, 4, 'end'],
  [8, -10, 'start'],
  [8, 19, 'start'],
  [-8, -10, 'end'],
  [-8, 19, 'end'],
  [8, -24, 'start'],
  [-8, -24, 'end'],
];

/** Where the text of each point is written, so that none covers a point or another; to its right where nothing is free. */
export function placed(points: readonly Labelled[]): Label[] {
  const taken = points.map(({ x, y }) => boxAround(x, y));
  return points.map((point) => {
    const isFree = (place: Place): boolean => {
      const box = boxOf(labelAt(point, place), point.text);
      return !taken.some((other) => overlap(box, other));
    };
    const label = labelAt(point, PLACES.find(isFree) ?? RIGHT);
    taken.push(boxOf(label, point.text));
    return label;
  });
}

function labelAt({ x, y }: Labelled, [dx, dy, anchor]: Place): Label {
  return { x: x + dx, y: y + dy, anchor };
}

function boxAround(x: number, y: number): Box {
  return { left: x - POINT / 2, right: x + POINT / 2, top: y - POINT / 2, bottom: y + POINT / 2 };
}

function boxOf({ x, y, anchor }: Label, { length }: string): Box {
  const left = anchor === 'start' ? x : x - length * CHARACTER;
  return { left, right: left + length * CHARACTER, top: y - LINE + 3, bottom: y + 3 };
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
