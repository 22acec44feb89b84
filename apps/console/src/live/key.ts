const PLACE = 'rapid-fire-key';

/** The admin key of this tab: kept until the tab is closed, and sent with what changes something. */
export const adminKey = {
  get: (): string | null => sessionStorage.getItem(PLACE),
  set: (key: string): void => sessionStorage.setItem(PLACE, key),
  forget: (): void => sessionStorage.removeItem(PLACE),
};
