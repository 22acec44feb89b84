import type { BatchStore } from './batch-store';

/** An entry of one of several streams. */
export interface StreamEntry {
  /** Its place among all: `<stream id>`, followed by `-<stream>` in any stream but the first. */
  place: string;
  fields: string[];
}

interface Head extends StreamEntry {
  id: string;
  stream: number;
}

/**
 * The entries of several streams as one, newest first; of one time, those of the first stream first.
 *
 * @param atOnce entries held in memory, and one for each stream.
 * @param after the place of an entry: begins after it.
 */
export async function* newestFirst(
  store: BatchStore,
  streams: readonly string[],
  atOnce: number,
  after: string | null,
): AsyncGenerator<StreamEntry> {
  const count = Math.ceil(atOnce / streams.length);
  const readers = streams.map((key, stream) => readStream(store, key, stream, count, startOf(after, stream)));
  const heads = await Promise.all(readers.map((reader) => headOf(reader)));
  for (;;) {
    const first = heads.reduce((best, head) => (head && (!best || isNewer(head, best)) ? head : best), null);
    if (!first) return;
    yield first;
    heads[first.stream] = await headOf(readers[first.stream] as AsyncGenerator<Head, void>);
  }
}

async function* readStream(
  store: BatchStore,
  key: string,
  stream: number,
  count: number,
  start: string,
): AsyncGenerator<Head, void> {
  for (let before = start; ;) {
    const entries = await store.commands((redis) => redis.xrevrange(key, before, '-', 'COUNT', count));
    for (const [id, fields] of entries) {
      yield { id, stream, fields, place: stream === 0 ? id : `${id}-${stream}` };
      before = `(${id}`;
    }
    if (entries.length < count) return;
  }
}

async function headOf(reader: AsyncGenerator<Head, void>): Promise<Head | null> {
  const next = await reader.next();
  return next.done === true ? null : next.value;
}

/** Where a stream continues after a place: an entry of another stream with the same time comes before, or after. */
function startOf(after: string | null, stream: number): string {
  if (after === null) return '+';
  const [ms = '', seq = '', last = '0'] = after.split('-');
  return stream <= Number(last) ? `(${ms}-${seq}` : `${ms}-${seq}`;
}

function isNewer(a: Head, b: Head): boolean {
  const [aMs = 0n, aSeq = 0n] = a.id.split('-').map(BigInt);
  const [bMs = 0n, bSeq = 0n] = b.id.split('-').map(BigInt);
  return aMs > bMs || (aMs === bMs && aSeq > bSeq);
}
