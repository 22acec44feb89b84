import type { Reply } from '@app/contracts';
import { inShort } from '../../../test/support/short-form';
import type { ChannelRules } from './channel-rules';
import { PLAIN, STYLED, WHATSAPP } from './notation';
import { pauseBeforeMs } from './pace';
import { shapeReply } from './shape';

const TEXT_ONLY: ChannelRules = { text: { maxLength: 100, notation: WHATSAPP } };
const RICH: ChannelRules = {
  ...TEXT_ONLY,
  media: { maxCaption: 20 },
  buttons: { max: 2, maxId: 10, maxTitle: 10, maxText: 50 },
};
const MEDIA = { type: 'image', url: 'https://salon.example/p.png' } as const;
const BUTTONS = [
  { id: '1', text: 'Yes' },
  { id: '2', text: 'No' },
];
/** Deeper than any stack reaches. */
const DEPTH = inShort(10_000);
const AS_ONE = { byBlock: false, readsMarkdown: true };
const shaped = (reply: Partial<Reply>, rules = RICH, options = AS_ONE): unknown =>
  shapeReply({ text: '', ...reply }, rules, options);

describe('a reply', () => {
  it('of text is strings', () => expect(shaped({ text: '**a**' })).toEqual(['*a*']));

  it.each(['**a ', '*a ', '~~a ', '> ', '- ', '![a '])('of any depth is taken: %j', (open) => {
    const close = open.startsWith('!') ? '](http://a.example)' : open.trim().replace('a', '');
    const text = `${open.repeat(DEPTH)}so deep${` b${close}`.repeat(DEPTH)}`;
    for (const notation of [WHATSAPP, PLAIN, STYLED, null]) {
      const rules = { text: { maxLength: 4_096, notation } };
      expect(JSON.stringify(shaped({ text }, rules))).toContain('so deep');
    }
  });

  it('that says nothing is no message', () => expect(shaped({ text: ' \n' })).toEqual([]));

  it('goes as it is written if its Markdown is not to be read', () =>
    expect(shaped({ text: '**a**' }, RICH, { ...AS_ONE, readsMarkdown: false })).toEqual(['**a**']));

  it('has its text as the caption of its file', () =>
    expect(shaped({ text: '**a**', media: MEDIA })).toEqual([{ text: '*a*', media: MEDIA }]));

  it.each<[string, Partial<Reply>, unknown[]]>([
    ['is too long for a caption', { text: 'a'.repeat(21), media: MEDIA }, ['a'.repeat(21)]],
    ['has buttons', { text: 'a', media: MEDIA, buttons: BUTTONS }, [{ text: 'a', buttons: BUTTONS }]],
    ['stands by a sound', { text: 'a', media: { ...MEDIA, type: 'audio' } }, ['a']],
  ])('follows its file if it %s', (_, reply, rest) =>
    expect(shaped(reply)).toEqual([{ text: '', media: reply.media }, ...rest]),
  );

  it('has its buttons under its last message', () => {
    const text = `${'a '.repeat(60)}\n\nDo you?`;
    expect(JSON.stringify(shaped({ text, buttons: BUTTONS }))).toMatch(/Do you\?","buttons":/);
  });

  it.each<[string, Partial<Reply>, ChannelRules]>([
    ['has none', { buttons: BUTTONS }, TEXT_ONLY],
    ['takes fewer', { buttons: [...BUTTONS, { id: '3', text: 'Later' }] }, RICH],
    ['would not know which was pressed', { buttons: BUTTONS.map(({ text }) => ({ id: '1', text })) }, RICH],
    ['would refuse one without an id', { buttons: [{ id: '', text: 'Yes' }] }, RICH],
    [
      'would refuse one without words',
      {
        buttons: [
          { id: '1', text: 'Yes' },
          { id: '2', text: ' ' },
        ],
      },
      RICH,
    ],
    [
      'would refuse two that look alike',
      {
        buttons: [
          { id: '1', text: 'Yes' },
          { id: '2', text: 'Yes ' },
        ],
      },
      RICH,
    ],
    ['takes shorter ones', { buttons: [{ id: '1', text: 'Yes, I do, please' }] }, RICH],
  ])('has buttons as text where the channel %s', (_, reply, rules) => {
    const [message] = shaped({ text: 'Do you?', ...reply }, rules) as string[];
    expect(message).toMatch(/^Do you\?\n\n- Yes/);
  });

  it('has a file as its address where the channel takes none', () =>
    expect(shaped({ text: 'a', media: MEDIA }, TEXT_ONLY)).toEqual([`a\n\n${MEDIA.url}`]));
});

describe('the pause before a message', () => {
  const of = (length: number): string => 'a'.repeat(length);

  it('is as long as it takes to write it, within bounds, and none before the first', () => {
    const messages = [of(100), of(100), { text: of(1), media: MEDIA }, of(4000)];
    expect(messages.map((_, i) => pauseBeforeMs(messages, i, 50))).toEqual([0, 2_000, 500, 8_000]);
  });

  it('is none without a pace', () => expect(pauseBeforeMs([of(1), of(1)], 1, 0)).toBe(0));

  it('is a minute together at the most', () => {
    const messages = Array.from({ length: 12 }, () => of(4000));
    expect(messages.map((_, i) => pauseBeforeMs(messages, i, 10)).slice(7)).toEqual([8_000, 0, 0, 0, 0]);
  });
});
