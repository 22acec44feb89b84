import { formText, parsed } from '../form';
import { compact, firstId, firstText, type JsonObject, objectOf } from '../json/json';

/** A customer's choice among buttons and rows, or their answers in a form. */
export interface Answer {
  readonly text: string | null;
  readonly buttonId: string | null;
  readonly details: JsonObject;
}

/** Reads the answer in a message; whatsmeow writes `ID` where Baileys writes `Id`. */
export function answerOf(message: JsonObject): Answer {
  const button = objectOf(message.buttonsResponseMessage);
  const template = objectOf(message.templateButtonReplyMessage);
  const list = objectOf(message.listResponseMessage);
  const row = objectOf(list.singleSelectReply);
  const interactive = objectOf(message.interactiveResponseMessage);
  const flow = objectOf(interactive.nativeFlowResponseMessage);
  const response = flow.paramsJson ?? flow.paramsJSON;
  const choice = objectOf(parsed(response));
  const chosen = firstId(choice.id);
  return {
    text: firstText(
      button.selectedDisplayText,
      template.selectedDisplayText,
      list.title,
      // A button's title is in the body; for a form the body only says that it was sent.
      chosen === null ? formText(response) : null,
      objectOf(interactive.body).text,
      chosen === null ? null : firstText(choice.display_text, choice.title),
    ),
    buttonId: firstId(
      button.selectedButtonId,
      button.selectedButtonID,
      template.selectedId,
      template.selectedID,
      row.selectedRowId,
      row.selectedRowID,
      chosen,
    ),
    details: compact({ flow: compact({ name: flow.name, response }) }),
  };
}
