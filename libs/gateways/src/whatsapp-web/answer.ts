import { compact, firstId, firstText, type JsonObject, objectOf } from '../json/json';

/** What a customer chose among buttons and rows, or wrote into a form. */
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
  return {
    text: firstText(
      button.selectedDisplayText,
      template.selectedDisplayText,
      list.title,
      objectOf(interactive.body).text,
      button.selectedButtonId,
    ),
    buttonId: firstId(
      button.selectedButtonId,
      button.selectedButtonID,
      template.selectedId,
      template.selectedID,
      row.selectedRowId,
      row.selectedRowID,
      parameterOf(flow.paramsJson ?? flow.paramsJSON, 'id'),
    ),
    details: compact({ flow: compact({ name: flow.name, response: flow.paramsJson ?? flow.paramsJSON }) }),
  };
}

function parameterOf(json: unknown, name: string): unknown {
  if (typeof json !== 'string') return null;
  try {
    return objectOf(JSON.parse(json))[name];
  } catch {
    return null;
  }
}
