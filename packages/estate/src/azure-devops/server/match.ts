import { Route } from './request';

interface Compiled {
  route: Route;
  pattern: RegExp;
  names: string[];
  /** How many segments are spelled out: the more, the better the match. */
  literal: number;
}

function compile(route: Route): Compiled {
  const names: string[] = [];
  let literal = 0;
  const source = route.path
    .split('/')
    .map(segment => {
      const rest = /^\{\*(\w+)\}$/.exec(segment);
      if (rest) {
        names.push(rest[1]);
        return '(.*)';
      }
      const param = /^\{(\w+)\}$/.exec(segment);
      if (param) {
        names.push(param[1]);
        return '([^/]+)';
      }
      literal += 1;
      return segment.replace(/[.$]/g, '\\$&');
    })
    .join('/');
  // The service does not mind case in paths.
  return { route, names, literal, pattern: new RegExp(`^${source}/?$`, 'i') };
}

/** Finds the route for a method and a path below the organisation. */
export class RouteTable {
  readonly #routes: Compiled[];

  constructor(routes: Route[]) {
    this.#routes = routes.map(compile).sort((a, b) => b.literal - a.literal);
  }

  find(
    host: Route['host'],
    method: string,
    path: string,
  ): { route: Route; params: Record<string, string> } | undefined {
    for (const { route, pattern, names } of this.#routes) {
      if (route.host !== host || route.method !== method) continue;
      const match = pattern.exec(path);
      if (!match) continue;
      const params = Object.fromEntries(
        names.map((name, index) => [
          name,
          decodeURIComponent(match[index + 1]),
        ]),
      );
      return { route, params };
    }
    return undefined;
  }
}
