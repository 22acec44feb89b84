import {
  type BatchEntry,
  type Finding,
  type FindingCode,
  habitIn,
  type Said,
  type Sentence,
  sentence,
  type ValuesOf,
  type WindowReport,
} from '@app/contracts';
import type { InForce } from './in-force';
import { callOf, endOf, type Of, redriveOf, replayOf, said } from './words';

/** @param findings between the processes, as of now. */
export function wordsOfBatch(entry: Of<'batch'>, findings: readonly Finding[], inForce: InForce): Said {
  const { batchId, error = '' } = entry;
  switch (entry.state) {
    case 'filling':
      return filling(entry, findings);
    case 'handed-off':
      return handedOff(entry);
    case 'waiting':
      return waiting(entry, findings);
    case 'superseded':
      return said('superseded', {});
    case 'muted':
      return muted(entry, inForce);
    case 'late':
      return said('late', {}, sentence('late.mend', { replay: replayOf(batchId) }));
    case 'dead-letter': {
      const mend = sentence('dead-letter.mend', { redrive: redriveOf(batchId) });
      return entry.stage === 'batcher'
        ? said('dead-letter.batcher', { error }, mend)
        : said('dead-letter.worker', { error }, mend);
    }
  }
}

/** A batch that ended without an answer because the bot was muted, or off: what ends that, or has it answered behind it. */
function muted({ batchId, conversationId }: Of<'batch'>, { off, isMuted }: InForce): Said {
  if (off !== null) {
    const botOn = `PUT or DELETE /admin/companies/${off}/settings`;
    return said('muted.off', { company: off }, sentence('muted.off.mend', { botOn }));
  }
  if (isMuted) return said('muted', {}, sentence('muted.mend', { unmute: endOf('unmute', conversationId) }));
  return said('muted.over', {}, sentence('muted.over.mend', { replay: replayOf(batchId) }));
}

function filling(
  { waitsFor = 'silence', dueAt = null, messages, conversationId }: BatchEntry & { conversationId: string },
  findings: readonly Finding[],
): Said {
  switch (waitsFor) {
    case 'silence':
      return said('filling.silence', { messages, dueAt });
    case 'transcript':
      return said('filling.transcript', { messages, dueAt });
    case 'typing':
      return said('filling.typing', { messages, dueAt });
    case 'held': {
      const release = endOf('release', conversationId);
      return said('filling.held', { messages, dueAt }, sentence('filling.held.mend', { release }));
    }
    case 'slowed': {
      const flush = callOf('POST', '/admin/batches/:phone/flush', conversationId);
      return said('filling.slowed', { messages, dueAt }, sentence('filling.slowed.mend', { flush }));
    }
    case 'paused':
      return said(
        'filling.paused',
        { messages },
        sentence('filling.paused.mend', { resume: 'POST /admin/resume' }),
      );
    case 'bot':
      return said('filling.bot', { messages });
    case 'claimed':
      return said('filling.claimed', { messages });
    case 'due':
      return said('filling.due', { messages }, mendOf('no-batcher', findings));
    case 'set-aside': {
      const repair = `POST /admin/set-aside/${conversationId}/repair`;
      return said('filling.set-aside', { messages }, sentence('filling.set-aside.mend', { repair }));
    }
  }
}

function handedOff(entry: BatchEntry): Said {
  const { reason = 'quiet', messages, openMs = null, silenceMs = null, window, supersedes = [] } = entry;
  return said('handed-off', {
    messages,
    openMs: messages > 1 ? openMs : null,
    reason,
    silenceMs: reason === 'quiet' ? silenceMs : null,
    ...windowIn(window),
    kind: entry.final === false ? 'draft' : null,
    supersedes: supersedes.length === 0 ? null : supersedes.join(', '),
    replayOf: entry.replayOf ?? null,
  });
}

type Window = 'windowMs' | 'rule' | 'habitMs' | 'level' | 'splits' | 'turns';

function windowIn(window: WindowReport | undefined): Pick<ValuesOf<'handed-off'>, Window> {
  const habit = window === undefined ? null : habitIn(window.why);
  const ms = window?.ms ?? null;
  return {
    windowMs: habit === null ? ms : null,
    rule: window?.why ?? null,
    habitMs: habit === null ? null : ms,
    level: habit?.level ?? null,
    splits: habit?.splits ?? null,
    turns: habit?.turns ?? null,
  };
}

function waiting(entry: BatchEntry, findings: readonly Finding[]): Said {
  const { awaits = 'bot' } = entry;
  const sinceAt = entry.since ?? null;
  const error = entry.error ?? null;
  const startBot = sentence('waiting.bot.mend', {});
  switch (awaits) {
    case 'worker':
      return said('waiting.worker', {}, mendOf('no-worker', findings));
    case 'bot':
      return error === null ? said('waiting.bot', {}) : said('waiting.bot-again', { error }, startBot);
    case 'reply':
      return said('waiting.reply', { sinceAt }, sentence('waiting.reply.mend', {}));
    case 'bot-away':
      return said('waiting.bot-away', { sinceAt, error }, startBot);
    case 'retry':
      return said(
        'waiting.retry',
        { error },
        sinceAt === null ? sentence('waiting.retry.mend', {}) : startBot,
      );
    case 'turn':
      return said('waiting.turn', {});
    case 'window':
      return said('waiting.window', {});
  }
}

function mendOf(code: FindingCode, findings: readonly Finding[]): Sentence | null {
  return findings.find((finding) => finding.code === code)?.said?.mend ?? null;
}
