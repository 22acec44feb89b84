import type { JSX, RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { COMPANIES, type Doing, type Played } from '../live/simulator';
import { useWords } from '../words/words';

interface SimulatorProps {
  played: Played;
  /** What became of the latest. */
  said: string;
  field: RefObject<HTMLInputElement | null>;
  /** `onUntaken`: nobody answered, or it was refused. */
  onDo: (doing: Doing, onUntaken?: () => void) => void;
  onCompany: (companyId: string) => void;
  onNew: () => void;
}

type Message = Extract<Doing, { kind: 'message' }>;

/** How often typing is reported, ms: gateways do so every few seconds. */
const TYPING_EVERY_MS = 3_000;

/** Types as a customer. */
export function Simulator({ played, said, field, onDo, onCompany, onNew }: SimulatorProps): JSX.Element {
  const words = useWords();
  const [text, setText] = useState('');
  const [last, setLast] = useState<Message | null>(null);
  const [isEditing, setEditing] = useState(false);
  const [reportsTyping, setReportsTyping] = useState(true);
  const typedAt = useRef(0);
  const untaken = useRef<Message | null>(null);

  const write = (message: Message): void => {
    setLast(message);
    onDo(message);
  };
  const type = (now: string): void => {
    setText(now);
    if (!reportsTyping || now === '' || Date.now() - typedAt.current < TYPING_EVERY_MS) return;
    typedAt.current = Date.now();
    onDo({ kind: 'typing' });
  };
  const textMessage = (): Message => ({
    kind: 'message',
    type: 'text',
    text,
    // Sent again it has the same id: it may have been taken without an answer.
    messageId: untaken.current?.text === text ? untaken.current.messageId : crypto.randomUUID(),
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    const isEdit = isEditing && last !== null;
    const doing: Doing = isEdit ? { kind: 'edit', messageId: last.messageId, text } : textMessage();
    if (doing.kind === 'message') setLast(doing);
    setText('');
    setEditing(false);
    typedAt.current = 0;
    untaken.current = null;
    onDo(doing, () => {
      if (doing.kind === 'message') untaken.current = doing;
      if (field.current?.value !== '') return;
      setText(text);
      setEditing(isEdit);
    });
  };
  const send = (kind: 'voice' | 'image'): void =>
    write({ kind: 'message', messageId: crypto.randomUUID(), type: kind });
  const edit = (): void => {
    setEditing(true);
    setText(last?.text ?? '');
    field.current?.focus();
  };
  const revoke = (): void => {
    if (last !== null) onDo({ kind: 'revoke', messageId: last.messageId });
    setLast(null);
  };

  return (
    <form class="simulator" onSubmit={submit} aria-label={words.simulator}>
      <p class="row meta">
        <span>
          <b>{words.simulator}</b> <span class="quiet">sim:{played.phone}</span>
        </span>
        <label>
          {words.companyLabel}{' '}
          <select value={played.companyId} onChange={(event) => onCompany(event.currentTarget.value)}>
            {[...new Set([...COMPANIES, played.companyId])].map((company) => (
              <option key={company}>{company}</option>
            ))}
          </select>
        </label>
        <button type="button" onClick={onNew}>
          {words.newCustomer}
        </button>
        <span class="quiet note">{words.simulatorWhat}</span>
      </p>
      <p class="row write">
        <input
          ref={field}
          value={text}
          onInput={(event) => type(event.currentTarget.value)}
          placeholder={isEditing ? words.editing : words.typeAs}
          aria-label={isEditing ? words.editing : words.typeAs}
          autocomplete="off"
          enterkeyhint="send"
          maxLength={4096}
        />
        <button type="submit" class="main">
          {words.send}
        </button>
      </p>
      <p class="row others">
        <button type="button" onClick={() => send('voice')}>
          {words.type.voice}
        </button>
        <button type="button" onClick={() => send('image')}>
          {words.type.image}
        </button>
        <button type="button" disabled={last === null || last.type !== 'text'} onClick={edit}>
          {words.editLast}
        </button>
        <button type="button" disabled={last === null} onClick={revoke}>
          {words.revokeLast}
        </button>
        <button type="button" disabled={last === null} onClick={() => last !== null && onDo(last)}>
          {words.repeatLast}
        </button>
        <label>
          <input
            type="checkbox"
            checked={reportsTyping}
            onChange={(event) => setReportsTyping(event.currentTarget.checked)}
          />{' '}
          {words.reportsTyping}
        </label>
      </p>
      <p role="status" class="quiet outcome">
        {said}
      </p>
    </form>
  );
}
