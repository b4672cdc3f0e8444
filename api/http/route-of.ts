import type { Response } from 'express';
import type { Route } from '../route.ts';

const routes = new WeakMap<Response, Route>();

/** Remembers which route a request came to, for its metrics and its failures. */
export const setRoute = (response: Response, route: Route): void => {
  routes.set(response, route);
};

/** The route that a request came to; `undefined`: none. */
export const routeOf = (response: Response): Route | undefined => routes.get(response);
