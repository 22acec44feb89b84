import type { Entry } from '../live/timeline';

const REASONS: Record<string, string> = {
  quiet: 'клиент замолчал',
  'max-size': 'набралось предельное число сообщений',
  'max-bytes': 'набрался предельный объём',
  'max-wait': 'вышел предел ожидания',
  'max-rate': 'сообщений было больше, чем разрешено за минуту, и минута прошла',
  direct: 'сообщение требует ответа сразу',
  manual: 'сбросил оператор',
  shutdown: 'остановка batcher',
  replay: 'повтор оператора',
};

const WAITS: Record<string, string> = {
  silence: 'ждём тишины',
  typing: 'клиент печатает',
  held: 'удержано',
  slowed: 'слишком много сообщений, ждём конца минуты',
  paused: 'передача на паузе',
  bot: 'у бота предыдущий пакет',
  claimed: 'передаётся предыдущий пакет',
  due: 'пора, ждём batcher',
  'set-aside': 'диалог повреждён и отложен',
};

const AWAITS: Record<string, string> = {
  worker: 'В очереди: worker ещё не взял',
  bot: 'У бота',
  'bot-away': 'Бот не отвечает: вызов повторится сам',
  retry: 'Вызов повторится',
  turn: 'Ждёт предыдущий пакет',
  window: 'Бот ответил; ответ ждёт своего времени',
};

const OUTCOMES: Record<string, string> = {
  answered: 'Бот ответил',
  declined: 'Бот взял ответ назад',
  unavailable: 'Бот не ответил',
  refused: 'Бот отказался',
  interrupted: 'Вызов прерван',
};

const REPLIES: Record<string, string> = {
  sent: 'Ответ отправлен',
  logged: 'Ответ не отправлен: для шлюза не настроена отправка',
  unknown: 'Неизвестно, отправлен ли ответ; повторён не будет',
  unsent: 'Ответ ещё не отправлен',
  refused: 'Шлюз отказался от ответа',
  undelivered: 'Ответ не доставлен',
};

const CHANGES: Record<string, string> = {
  edited: 'Клиент исправил сообщение',
  unreadable: 'Клиент исправил сообщение, но правка зашифрована',
  revoked: 'Клиент отозвал сообщение',
  early: 'Правка пришла раньше сообщения',
  'after-hand-off': 'Поздно: сообщение уже передано, бот не узнает',
  forwarded: 'Сообщение уже передано; бот узнает',
};

const seconds = (ms = 0): string => `${(ms / 1000).toFixed(1).replace('.', ',')} с`;
const because = (error: string | undefined): string => (error === undefined ? '' : `: ${error}`);
const by = (who: string | null | undefined): string => (who ? ` (${who})` : '');

/** A line of the timeline that is no message; what has no words here is said as the server says it. */
export function entryInRussian(entry: Entry): string {
  const { kind, says, error, outcome = '', state = '' } = entry;
  switch (kind) {
    case 'batch':
      return batch(entry);
    case 'attempt':
      return `${OUTCOMES[outcome] ?? says} за ${seconds(entry.ms)}${entry.final === false ? ', черновик' : ''}${because(error)}`;
    case 'reply':
      return `${REPLIES[state] ?? says}${entry.gateway === undefined ? '' : ` (${entry.gateway})`}${because(error)}`;
    case 'edit':
    case 'revoke':
      return CHANGES[outcome] ?? says;
    case 'takeover':
      return 'Ответил человек';
    case 'hold':
      return `${entry.isHeld ? 'Удержано' : 'Отпущено'}${by(entry.by)}`;
    case 'mute':
      return `${entry.isMuted ? 'Бот заглушён' : 'Бот снова отвечает'}${by(entry.by)}`;
    default:
      return says;
  }
}

function batch({
  state,
  says,
  waitsFor = '',
  awaits = '',
  reason = '',
  messages,
  silenceMs,
  error,
}: Entry): string {
  switch (state) {
    case 'filling':
      return `Ещё не передано: ${WAITS[waitsFor] ?? waitsFor}`;
    case 'handed-off': {
      const quiet = reason === 'quiet' ? ` на ${seconds(silenceMs)}` : '';
      return `Передано сообщений: ${String(messages)}; ${REASONS[reason] ?? reason}${quiet}`;
    }
    case 'waiting':
      return `${AWAITS[awaits] ?? says}${because(error)}`;
    case 'superseded':
      return 'Эти сообщения в следующем пакете: ответ на этот не отправляется';
    case 'late':
      return 'Диалог ушёл вперёд раньше ответа: ответ не отправляется';
    case 'dead-letter':
      return `Недоставленное${because(error)}. Ждёт вас`;
    default:
      return says;
  }
}
