import { counted as n, count } from './en-numbers';
import type { Texts, VerbTexts } from './texts';

const whose = (company: string | null): string =>
  company === null ? 'conversations without a company' : `company ${company}`;

/** What can be done, what is asked before, and what is said behind it. */
export const enVerbs: Pick<Texts, VerbTexts> = {
  verbs: {
    flush: 'Flush',
    clear: 'Clear',
    mute: 'Mute',
    unmute: 'Unmute',
    hold: 'Hold',
    release: 'Release',
    block: 'Block',
    unblock: 'Unblock',
    erase: 'Erase',
    redrive: 'Redrive',
    redriveAll: 'Redrive all',
    discard: 'Delete',
    replay: 'Ask the bot again',
    repair: 'Repair',
    resume: 'Resume',
    botOff: 'Turn the bot off',
    botOn: 'Turn the bot on',
  },
  botSwitch: {
    botOff: (company) => `Turn the bot off for ${whose(company)}`,
    botOn: (company) => `Turn the bot on for ${whose(company)}`,
  },
  botOff: (company, by, when) =>
    `The bot is off for ${whose(company)}: nobody there is answered. By ${by}, ${when}.`,
  botOffHere: 'The bot is off for this company: nobody there is answered.',
  botsOffMore: (howMany) => `It is off for ${n(howMany, 'more company', 'more companies')}.`,
  moreVerbs: 'More',
  ordered: {
    mute: (until) => `The bot is muted${until === null ? '' : ` until ${until}`}.`,
    hold: (until) => `Held${until === null ? '' : ` until ${until}`}.`,
    block: (until) => `Blocked${until === null ? '' : ` until ${until}`}: what they write is not taken in.`,
  },
  ask: {
    mute: 'Mute the bot for this customer for an hour? What they write is stored and kept, and the bot answers none of it.',
    hold: 'Hold this conversation? What the customer writes waits until you release it, or the hold ends by itself.',
    block: 'Block this customer? What they write from now on is not taken in, and is lost.',
    clear: (size) => `Clear ${size} that nobody has answered? They are lost.`,
    erase: (who, size) =>
      `Erase ${who}? Lost: ${size === null ? '' : `${size} that nobody has answered, and `}all that is kept of this customer: history, timeline, dead letters, what the bot left here, other ids. A mute, hold or block ends. The bot and the gateway keep what they have.`,
    botOff: (company) =>
      `Turn the bot off for ${whose(company)}? Nobody there is answered until you turn it on again. What they write is stored and kept; what waits for the bot ends without an answer.`,
    botOn: (company) =>
      `Turn the bot on for ${whose(company)}? It answers what is still pending and what comes from now on. What ended without an answer stays so.`,
    redriveAll: (letters) =>
      `Redrive ${letters}? The bot gets each under its own id, the oldest first, 100 a second at most. A letter whose cause is not fixed becomes a dead letter again.`,
    discard: (size) => `Delete this dead letter with ${size} that nobody has answered? They are lost.`,
  },
  done: {
    flush: 'Flushed: due now.',
    clear: 'Cleared.',
    mute: 'Muted for an hour.',
    unmute: 'The bot answers again.',
    hold: 'Held.',
    release: 'Released.',
    block: 'Blocked.',
    unblock: 'Taken in again.',
    erase: 'Erased: nothing of this customer is kept here.',
    redrive: 'On its way again.',
    replay: 'The bot is asked again.',
    repair: 'Repaired.',
    discard: 'Deleted.',
    botOff: 'The bot is off.',
    botOn: 'The bot is on again.',
    pause: 'Paused.',
    resume: 'Resumed.',
  },
  conflict: {
    erase:
      'Not erased: a batch of this customer is being handed off, or is at the bot. Erase again when it is done; mute the bot first if the customer keeps writing.',
    redriveAll: 'Not redriven: another call redrives dead letters now. Try again when it is done.',
  },
  underWay: 'Under way …',
  redriving: 'Redriving, 100 a second at most …',
  redriven: (redriven, busy) =>
    `${n(redriven, 'dead letter is', 'dead letters are')} on the way again.${busy === 0 ? '' : ` ${count(busy)} wait for another batch of the same conversation.`}`,
};
