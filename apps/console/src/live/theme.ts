type Theme = 'light' | 'dark';

const PLACE = 'rapid-fire-theme';

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

/** Shows the page as was chosen here before; else as the system is, also when that changes. */
export function showTheme(): void {
  const chosen = localStorage.getItem(PLACE);
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
}

/** From light to dark, or back; who comes back to what the system says goes on with it. */
export function switchTheme(): void {
  const system: Theme = prefersDark.matches ? 'dark' : 'light';
  const isSeen = document.documentElement.dataset.theme ?? system;
  const other: Theme = isSeen === 'dark' ? 'light' : 'dark';
  if (other === system) localStorage.removeItem(PLACE);
  else localStorage.setItem(PLACE, other);
  showTheme();
}
