import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { TokenCheck } from '../ports.ts';
import { Problem } from '../problem.ts';

/** Headers for a page that brings everything itself: no script, style, font or connection from elsewhere. */
export const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      // Charts set sizes and colours as style attributes.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'self'"],
    },
  },
  // A plant often serves plain HTTP inside its own network; whether a host is HTTPS for good is its owner's decision.
  strictTransportSecurity: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
});

const LOCAL_NAME = /^(?:localhost|[\w-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Without tokens the platform listens on loopback alone, and trusts what can reach it. A web page elsewhere could reach
 * it through a name that it makes point here (DNS rebinding); such a request carries that name as its host.
 */
export function localNamesOnly(tokens: TokenCheck): RequestHandler {
  return (request, _response, next) => {
    const host = request.headers.host;
    if (tokens.required || host === undefined || LOCAL_NAME.test(host)) return next();
    throw new Problem(
      'host-not-local',
      `Without tokens only this computer's own names are answered, not "${host}"; ask for localhost, or make a token with \`kaidong token create\`.`,
    );
  };
}

/** Everything below these addresses needs a token where tokens are required; the probes and the page's own files don't. */
const GUARDED = ['/api', '/metrics'];

export const isGuarded = (path: string): boolean =>
  GUARDED.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));

const FAILURES_PER_MINUTE = 20;

/**
 * Asks for a bearer token (RFC 6750) where tokens are required. Wrong tokens are limited by address; a right token is
 * never held up by the wrong ones of others behind the same address. No token in the URL, where logs would keep it.
 */
export function tokenNeeded(tokens: TokenCheck): RequestHandler {
  const limitFailures = rateLimit({
    windowMs: 60_000,
    limit: FAILURES_PER_MINUTE,
    standardHeaders: false,
    legacyHeaders: false,
    handler: (_request, _response, next) =>
      next(
        new Problem(
          'too-many-failures',
          `More than ${FAILURES_PER_MINUTE} wrong tokens within a minute came from this address; wait a minute.`,
          { headers: { 'retry-after': '60' } },
        ),
      ),
  });
  return (request, response, next) => {
    if (!tokens.required || !isGuarded(request.path)) return next();
    const token = /^Bearer +([\w.~+/=-]+)$/i.exec(request.get('authorization') ?? '')?.[1];
    if (token === undefined) {
      throw new Problem(
        'token-missing',
        'Send "Authorization: Bearer <token>"; `kaidong token create` makes a token.',
        { headers: { 'www-authenticate': 'Bearer realm="kaidong"' } },
      );
    }
    if (tokens.verify(token)) return next();
    limitFailures(request, response, (error) => {
      if (error) return next(error);
      next(
        new Problem(
          'token-invalid',
          'The token is unknown or revoked; `kaidong token create` makes a new one.',
          {
            headers: { 'www-authenticate': 'Bearer realm="kaidong", error="invalid_token"' },
          },
        ),
      );
    });
  };
}
