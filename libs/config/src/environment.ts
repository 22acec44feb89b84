import { OneOf } from './variables';

export const ENVIRONMENTS = ['development', 'test', 'staging', 'production'] as const;
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

/** The one variable that every group may go by: where the process runs. */
export class EnvironmentVariables {
  @OneOf('Where the process runs; `staging` and `production` require secrets.', ENVIRONMENTS)
  NODE_ENV: EnvironmentName = 'development';
}

/** True where strangers can reach the processes. */
export function isExposed({ NODE_ENV }: EnvironmentVariables): boolean {
  return NODE_ENV === 'staging' || NODE_ENV === 'production';
}
