import { firstStanzaOf } from '../identity/message-id';
import { firstId, firstText, type JsonObject, objectOf } from '../json/json';

/** A pressed button or a chosen row, in the form of a web client's own store. */
export interface Pressed {
  /** The title of a row; that of a button is the body of the message. */
  readonly title: string | null;
  readonly buttonId: string | null;
  readonly quotedId: string | null;
}

/** Reads what Venom, WPPConnect and WAHA under WEBJS pass on of an answer; empty for any other message. */
export function pressedOf(data: JsonObject): Pressed {
  const { title, singleSelectReply } = objectOf(data.listResponse);
  const quoted = [data.quotedStanzaID, data.quotedStanzaId, objectOf(data.quotedMsg).id];
  return {
    title: firstText(title),
    buttonId: firstId(
      data.selectedButtonId,
      data.selectedId,
      data.selectedRowId,
      objectOf(singleSelectReply).selectedRowId,
    ),
    quotedId: firstStanzaOf(...quoted, objectOf(data.quotedMsgObj).id),
  };
}
