import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';

/** A file of the page, as it is and packed. */
export interface PageFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly packed: Buffer;
}

/** The built page, seen from this file where it is built, from a bundle, and from its source. */
const FOLDERS = ['../../../../console', '../console', '../../../../dist/console'];

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files of the live page, which `npm run build` makes of `apps/console`: a handful, kept in memory. */
@Injectable()
export class LivePage {
  readonly index: PageFile | null;
  private readonly assets: ReadonlyMap<string, PageFile>;

  constructor() {
    const folder = FOLDERS.map((path) => join(__dirname, path)).find((path) =>
      existsSync(join(path, 'index.html')),
    );
    this.index = folder === undefined ? null : indexIn(folder);
    const names = folder === undefined ? [] : readdirSync(join(folder, 'assets'));
    this.assets = new Map(names.map((name) => [name, read(join(folder ?? '', 'assets', name))]));
  }

  /** A file by its name, which has a digest of its content; null if there is none. */
  asset(name: string): PageFile | null {
    return this.assets.get(name) ?? null;
  }
}

function read(path: string): PageFile {
  return fileOf(path, readFileSync(path));
}

/** What it loads is named from its own address on, whichever path a proxy puts in front of that. */
function indexIn(folder: string): PageFile {
  const path = join(folder, 'index.html');
  return fileOf(path, Buffer.from(readFileSync(path, 'utf8').replaceAll('"/live/', '"live/')));
}

function fileOf(path: string, plain: Buffer): PageFile {
  return { type: TYPES[extname(path)] ?? 'application/octet-stream', plain, packed: gzipSync(plain) };
}
