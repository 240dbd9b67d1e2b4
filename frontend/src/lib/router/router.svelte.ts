import { href, match, type Place, type Query, type RouteName, type To } from './routes';

class Router {
  /** Where the window is; undefined when the address leads nowhere. */
  place = $state.raw<Place | undefined>();
  /** The address as it stands, without the hash sign. */
  path = $state('');

  /** Follows the address bar. Answers the function that stops it. */
  start(home: string): () => void {
    if (!location.hash) history.replaceState(null, '', home);
    const read = () => {
      this.path = location.hash.slice(1);
      this.place = match(location.hash);
    };
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }

  go<R extends RouteName>(name: R, ...to: To<R>): void {
    location.hash = href(name, ...to);
  }

  /** Changes the query of the present place without a new step in the history: filters, open tabs. */
  setQuery<R extends RouteName>(name: R, change: Query<R>): void {
    if (this.place?.name !== name) return;
    const query = { ...this.place.query, ...change };
    const to = Object.keys(this.place.params).length ? [this.place.params, query] : [query];
    history.replaceState(null, '', href(name, ...(to as unknown as To<R>)));
    this.path = location.hash.slice(1);
    this.place = match(location.hash);
  }
}

export const router = new Router();
