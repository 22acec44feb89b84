import { channelOf } from './customer-kind';

/** The gateway of simulated messages, which is none: nothing is ever sent there. */
export const SIMULATOR = 'simulator';

/** The id of a simulated customer: of a kind of its own, so that nobody else's conversation can have it. */
export function simulatedId(phone: string): string {
  return `sim:${phone}`;
}

/** True for a customer whom the live page plays: they are told nothing by a gateway. */
export function isSimulated(customer: string): boolean {
  return channelOf(customer) === SIMULATOR;
}
