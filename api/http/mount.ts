import type { Request, RequestHandler, Response, Router } from 'express';
import { Problem } from '../problem.ts';
import { expressPath, type Route } from '../route.ts';
import type { Services } from '../services.ts';
import { InPieces, sendPieces } from '../wire/in-pieces.ts';
import { takeBody } from './body.ts';
import { questionOf } from './question.ts';
import { setRoute } from './route-of.ts';
import { takeUpload } from './upload.ts';

/** Puts every route on a router: validation, handler, answer; other methods of the same address get 405 (OPTIONS: what it takes). */
export function mountRoutes(router: Router, routes: readonly Route[], services: Services): void {
  for (const [path, methods] of Map.groupBy(routes, (route) => expressPath(route.path))) {
    for (const route of methods) router[route.method](path, ...handlersOf(route, services));
    router.all(path, otherMethod(methods));
  }
}

function handlersOf(route: Route, services: Services): readonly RequestHandler[] {
  const answer = async (request: Request, response: Response): Promise<void> => {
    response.set('cache-control', 'no-store');
    const question = questionOf(route, request);
    if (route.kind === 'raw') return route.handler(question, services, { request, response });
    const value = await route.handler(question, services);
    response.status(route.status?.(value) ?? route.success ?? 200).type('application/json');
    if (value instanceof InPieces) return sendPieces(response, value);
    response.send(JSON.stringify(value));
  };
  const name: RequestHandler = (_request, response, next) => {
    setRoute(response, route);
    next();
  };
  if (route.upload) return [name, takeUpload(route.upload), answer];
  return route.body ? [name, takeBody, answer] : [name, answer];
}

function otherMethod(routes: readonly Route[]): RequestHandler {
  const methods = routes.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : ['POST']));
  const allow = [...methods, 'OPTIONS'].join(', ');
  return (request, response) => {
    if (request.method === 'OPTIONS') {
      response.status(204).set('allow', allow).end();
      return;
    }
    throw new Problem(
      'method-not-allowed',
      `${request.method} is not taken here; use ${methods.join(' or ')}.`,
      {
        headers: { allow },
      },
    );
  };
}
