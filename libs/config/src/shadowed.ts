import { shownText } from './shown-value';
import { SHELL, type Source } from './sources';
import type { Variable } from './variable';

/**
 * Says of each variable of ours that the shell and a file give different values which one wins, and why. The
 * predecessor connected to the wrong Redis because nothing said so.
 */
export function shadowedVariables(ours: readonly Variable[], sources: readonly Source[]): string[] {
  const shell = sources.find(({ name }) => name === SHELL)?.variables ?? {};
  return ours.flatMap((variable) => {
    const { name } = variable;
    const winner = shell[name];
    const file = sources.find((source) => source.name !== SHELL && source.variables[name] !== undefined);
    const loser = file?.variables[name];
    if (winner === undefined || loser === undefined || winner === loser) return [];
    return [describe(variable, winner, loser, file?.name ?? '', shell.pm_id !== undefined)];
  });
}

function describe(
  variable: Variable,
  winner: string,
  loser: string,
  file: string,
  isUnderPm2: boolean,
): string {
  const { name } = variable;
  const used = shownText(variable, winner);
  const ignored = shownText(variable, loser);
  const difference =
    used === null || ignored === null || used === ignored
      ? `differs between the shell and ${file} (values not shown)`
      : `is ${used} in the shell and ${ignored} in ${file}`;
  const remedy = isUnderPm2
    ? // Another value is taken over; a variable that is gone is kept, by the daemon too.
      `PM2 keeps the shell it was started from: if ${file} is right, set the same there, then \`pm2 restart NAME --update-env\`; to be rid of it, unset it, \`pm2 kill\`, start anew`
    : `if ${file} is right: unset ${name}`;
  return `${name} ${difference}. The shell wins, for what a process is started with goes before its files; ${remedy}`;
}
