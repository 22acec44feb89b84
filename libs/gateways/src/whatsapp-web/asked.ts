import { compact, firstText, isJsonObject, type JsonObject, listOf, objectOf } from '../json/json';

/** A customer's question that is not a written message: a poll, an appointment, an invitation. */
export interface Asked {
  /** Its name, which is in the customer's words. */
  readonly text: string | null;
  readonly details: JsonObject;
}

/** WhatsApp numbers a new version of its polls every year or so. */
const POLL = /^pollCreationMessage(?:V\d+)?$/;

/** Reads the question in a message of a linked client; empty if it is asked in words. */
export function askedIn(message: JsonObject): Asked {
  const name = Object.keys(message).find((each) => POLL.test(each));
  const poll = objectOf(name === undefined ? null : message[name]);
  const event = objectOf(message.eventMessage);
  const invite = objectOf(message.groupInviteMessage);
  return {
    text: firstText(poll.name, event.name, event.description, invite.caption, invite.groupName),
    details: compact({
      poll: pollOf(poll.name, poll.options),
      event: compact({
        name: event.name,
        description: event.description,
        startTime: event.startTime,
        location: objectOf(event.location).name,
      }),
      invite: compact({ group: invite.groupName, groupId: invite.groupJid ?? invite.groupJID }),
    }),
  };
}

/** A poll, however its options are written. */
export function pollOf(name: unknown, options: unknown): JsonObject {
  const names = listOf(options).map((option) =>
    isJsonObject(option) ? firstText(option.optionName, option.name) : firstText(option),
  );
  return compact({ name, options: names.length > 0 ? names : null });
}

/** The same of a web client's own store, where a poll's and an appointment's parts stand in the message itself. */
export function askedInStore({ pollName, pollOptions, eventName, eventDescription }: JsonObject): Asked {
  return {
    text: firstText(pollName, eventName, eventDescription),
    details: compact({
      poll: pollOf(pollName, pollOptions),
      event: compact({ name: eventName, description: eventDescription }),
    }),
  };
}
