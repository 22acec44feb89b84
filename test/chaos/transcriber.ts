import { sendJson, StandIn } from '../support/stand-in';
import type { Random } from './random';

/** What a voice note's file holds: the transcriber hears its number. */
export function fileOf(path: string): string {
  return `number ${path.split('-').at(-1) ?? ''};`;
}

/** A transcriber that hears most notes, refuses some, asks for patience, or never answers. */
export async function startTranscriber(random: Random): Promise<StandIn> {
  const standIn = await StandIn.start();
  standIn.answer = ({ body }, response) => {
    const mood = random.next();
    if (mood < 0.05) return;
    if (mood < 0.1) sendJson(response, 400, {});
    else if (mood < 0.25) sendJson(response, 503, {});
    else sendJson(response, 200, { text: /number (\d+);/.exec(body)?.[1] ?? '' });
  };
  return standIn;
}
