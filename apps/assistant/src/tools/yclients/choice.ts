import type { Preferences } from '../../turn/turn-plan';
import { isCalled } from './names';
import type { FreeTime, Salon, Service, Staff } from './salon';

/** What was wanted could not be settled; told to the model, which asks the customer. */
export interface Unsettled {
  problem: string;
  choose?: readonly string[];
}

/** A service and who may perform it, settled before anything is sent to YClients. */
export interface Choice {
  service: Service;
  staff: readonly Staff[];
}

/** Settles names into ids: of services by their titles; of staff by name, by "last" from what is known, or anybody. */
export class Choices {
  constructor(private readonly salon: Salon) {}

  async settle(
    wanted: { service: string; staff: string },
    { staff: lastStaff }: Preferences,
    signal?: AbortSignal,
  ): Promise<Choice | Unsettled> {
    const offered = await this.salon.servicesCalled(wanted.service, signal);
    const [service, another] = exactFirst(offered, wanted.service);
    if (!service) {
      const all = await this.salon.services(signal);
      return { problem: 'there is no such service', choose: all.map(({ title }) => title) };
    }
    if (another) return { problem: 'several services are meant', choose: offered.map(({ title }) => title) };
    const team = await this.salon.staffFor(service, signal);
    const meant = meantBy(wanted.staff, team, lastStaff);
    if (meant.length === 0 || (wanted.staff !== 'any' && meant.length > 1)) {
      const problem = meant.length === 0 ? 'nobody of that name performs this' : 'several people are meant';
      return { problem, choose: (meant.length === 0 ? team : meant).map(({ name }) => name) };
    }
    return { service, staff: meant };
  }

  /** When any of them is free that day, in the order of the day. */
  async freeTimes({ service, staff }: Choice, date: string, signal?: AbortSignal): Promise<FreeTime[]> {
    const each = await Promise.all(staff.map((who) => this.salon.freeTimes(who, service, date, signal)));
    return each.flat().sort((a, b) => a.datetime.localeCompare(b.datetime));
  }
}

/** True if something has to be asked. */
export function isUnsettled(choice: Choice | Unsettled): choice is Unsettled {
  return 'problem' in choice;
}

/** A title that is meant word for word is meant alone. */
function exactFirst(services: readonly Service[], words: string): readonly Service[] {
  const exact = services.find(({ title }) => title.toLowerCase() === words.toLowerCase());
  return exact ? [exact] : services;
}

function meantBy(words: string, team: readonly Staff[], last: Preferences['staff']): readonly Staff[] {
  if (words === 'any') return team;
  if (words === 'last') return team.filter(({ id }) => id === last?.id);
  return team.filter(({ name }) => isCalled(name, words));
}
