/** One thing wrong with the configuration; never holds a value that could be a secret. */
export interface Problem {
  variable: string;
  problem: string;
}
