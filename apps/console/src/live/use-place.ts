import { useEffect, useState } from 'preact/hooks';
import { type Place, placeIn } from './address';

/** What the page's address says is to be shown. */
export function usePlace(): Place {
  const [place, setPlace] = useState(() => placeIn(location.hash));
  useEffect(() => {
    const read = (): void => setPlace(placeIn(location.hash));
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  return place;
}
