const WIDTH = 100;

/** A paragraph in lines of at most 100 characters; all but the first are set in as far as its text is. */
export function wrapped(paragraph: string): string {
  const [indent = ''] = /^(- |\s*)/.exec(paragraph) ?? [];
  const lines = [''];
  for (const word of paragraph.slice(indent.length).split(' ')) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (indent.length + longer.length <= WIDTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line, i) => (i === 0 ? indent : ' '.repeat(indent.length)) + line).join('\n');
}
