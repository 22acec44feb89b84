import { sendJson, StandIn } from '../support/stand-in';
import type { Random } from './random';
import type { Victim } from './saboteur';

/** What a voice note's file holds: the transcriber hears its number. */
export function fileOf(path: string): string {
  return `number ${path.split('-').at(-1) ?? ''};`;
}

/** A transcriber that hears most notes, refuses some, asks for patience, hangs, and is killed and frozen like any process. */
export class Transcriber implements Victim {
  readonly name = 'transcriber';
  private isFrozen = false;

  private constructor(
    private readonly standIn: StandIn,
    random: Random,
  ) {
    standIn.answer = ({ body }, response) => {
      const mood = random.next();
      if (this.isFrozen || mood < 0.05) return;
      if (mood < 0.1) sendJson(response, 400, {});
      else if (mood < 0.25) sendJson(response, 503, {});
      else sendJson(response, 200, { text: /number (\d+);/.exec(body)?.[1] ?? '' });
    };
  }

  static async start(random: Random): Promise<Transcriber> {
    return new Transcriber(await StandIn.start(), random);
  }

  get url(): string {
    return `${this.standIn.url}/v1/audio/transcriptions`;
  }

  kill(): Promise<void> {
    return this.standIn.goAway();
  }

  restart(): Promise<void> {
    return this.standIn.comeBack();
  }

  freeze(): void {
    this.isFrozen = true;
  }

  thaw(): void {
    this.isFrozen = false;
  }

  stop(): Promise<void> {
    return this.standIn.stop();
  }
}
