import { showBytes } from './texts';
import type { Variable } from './variable';

const WIDTH = 118;

/** A page of Markdown with the table of the variables in place of the one between its two marks. */
export function withTable(page: string, variables: readonly Variable[]): string {
  return withBlock(page, tableOf(variables), '<!-- variables -->', '<!-- end of variables -->');
}

/** A file of variables with each of ours, commented out, in place of what stands between its two marks. */
export function withExamples(file: string, variables: readonly Variable[]): string {
  return withBlock(file, examplesOf(variables), '# --- variables ---', '# --- end of variables ---');
}

function withBlock(text: string, block: string, begin: string, end: string): string {
  const [before, rest] = text.split(`${begin}\n`);
  const [, after] = rest?.split(`${end}\n`) ?? [];
  if (before === undefined || after === undefined) throw new Error(`"${begin}" and "${end}" are missing`);
  return `${before}${begin}\n${block}\n${end}\n${after}`;
}

function tableOf(variables: readonly Variable[]): string {
  const rows = variables.map((variable) => {
    const { name, accepted, meaning } = variable;
    return [`\`${name}\``, standardOf(variable), accepted, meaning];
  });
  const header = [
    ['variable', 'default', 'accepted', 'meaning'],
    ['---', '---', '---', '---'],
  ];
  return ['', ...[...header, ...rows].map((cells) => `| ${cells.join(' | ')} |`), ''].join('\n');
}

function standardOf(variable: Variable): string {
  const value = exampleOf(variable);
  if (isUnset(variable)) return variable.otherwise === undefined ? '–' : `not set: ${variable.otherwise}`;
  return value === '' ? 'empty' : `\`${value}\``;
}

function examplesOf(variables: readonly Variable[]): string {
  return variables
    .flatMap((variable, index) => {
      const { name, meaning, accepted, otherwise, example = '' } = variable;
      const isExample = isUnset(variable) && example !== '';
      const unset =
        otherwise === undefined ? (isExample ? ' Not set by default.' : '') : ` Not set: ${otherwise}.`;
      const sentence = plain(`${meaning}${unset}${accepted === '' ? '' : ` [${accepted}]`}`);
      return [
        ...(variables[index - 1]?.group === variable.group ? [] : ['']),
        ...wrapped(sentence).map((line) => `# ${line}`),
        `#${name}=${isUnset(variable) ? example : exampleOf(variable)}`,
      ];
    })
    .concat('')
    .join('\n');
}

function isUnset({ standard }: Variable): boolean {
  return standard === undefined || (Array.isArray(standard) && standard.length === 0);
}

/** The default as it would be written in a file. */
function exampleOf({ standard, isBytes }: Variable): string {
  if (typeof standard === 'number' && isBytes) return showBytes(standard);
  const text = String(standard);
  return /^\s|\s$/.test(text) ? JSON.stringify(text) : text;
}

/** Markdown as plain text. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '').replaceAll(/\[[^[\]]*\]\(([^()]*)\)/g, 'docs/$1');
}

function wrapped(sentence: string): string[] {
  const lines = [''];
  for (const word of sentence.split(' ')) {
    const line = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (line.length <= WIDTH) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines;
}
