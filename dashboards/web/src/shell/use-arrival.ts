import { useEffect, useRef } from 'preact/hooks';

/** A view that hasn't its heading by then keeps the focus where it is. */
const PATIENCE_MS = 5000;

/**
 * Moves the focus to the heading of a place that one has gone to, so that who listens hears where they are and who uses
 * the keyboard goes on from there. The first page of a visit leaves the focus alone.
 */
export function useArrival(place: string): void {
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    const main = document.querySelector<HTMLElement>('main');
    if (!main) return;
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
    const arrive = (): boolean => {
      const heading = main.querySelector<HTMLElement>('h1');
      if (!heading) return false;
      // Who went on meanwhile isn't called back.
      if (document.activeElement !== main && document.activeElement !== document.body) return true;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      return true;
    };
    if (arrive()) return;
    const watched = new MutationObserver(() => {
      if (arrive()) watched.disconnect();
    });
    watched.observe(main, { childList: true, subtree: true });
    const timer = setTimeout(() => watched.disconnect(), PATIENCE_MS);
    return () => {
      watched.disconnect();
      clearTimeout(timer);
    };
  }, [place]);
}
