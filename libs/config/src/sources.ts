import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

export type Variables = Readonly<Record<string, string | undefined>>;

/** One of the places that variables come from. */
export interface Source {
  /** As an operator would call it: `.env`, `shell`. */
  name: string;
  variables: Variables;
}

/** What the process was started with; a supervisor such as PM2 keeps its own copy and is such a shell. */
export const SHELL = 'shell';

/** Where variables come from, the first that has one wins: the process's own, `.env.<NODE_ENV>`, `.env`. */
export function readSources(own: Variables = process.env): Source[] {
  const shared = readFile('.env');
  const environment = own.NODE_ENV ?? shared.NODE_ENV ?? 'development';
  const special = `.env.${environment}`;
  return [
    { name: SHELL, variables: own },
    { name: special, variables: readFile(special) },
    { name: '.env', variables: shared },
  ];
}

/** All sources as one, as the process will use them. */
export function mergeSources(sources: readonly Source[]): Variables {
  return Object.assign({}, ...sources.map(({ variables }) => variables).reverse()) as Variables;
}

/** The environment's text as the process will use it. */
export function readEnvironment(own: Variables = process.env): Variables {
  return mergeSources(readSources(own));
}

function readFile(path: string): Variables {
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
}
