import { openApiPath, type Route } from '../route.ts';
import { operationOf } from './operation.ts';
import { componentsOf } from './schemas.ts';

export interface OpenApiDocument {
  readonly openapi: string;
  readonly [member: string]: unknown;
}

export interface DocumentOptions {
  readonly routes: readonly Route[];
  readonly version: string;
  readonly basePath: string;
  readonly tokenRequired: boolean;
}

/** The OpenAPI 3.1 document of the routes. */
export function openApiDocument({
  routes,
  version,
  basePath,
  tokenRequired,
}: DocumentOptions): OpenApiDocument {
  const schemas = componentsOf(routes);
  const byPath = Map.groupBy(routes, (route) => openApiPath(route.path));
  return {
    openapi: '3.1.1',
    info: {
      title: 'Kaidong 开动',
      version,
      description:
        'Machine time, figures and ingest books. Times are ISO 8601 UTC in answers, ISO 8601 with offset or milliseconds in questions; spans are half-open.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: basePath }],
    ...(tokenRequired ? { security: [{ bearer: [] }] } : {}),
    paths: Object.fromEntries(
      [...byPath].map(([path, methods]) => [
        path,
        Object.fromEntries(methods.map((route) => [route.method, operationOf(route, schemas)])),
      ]),
    ),
    components: {
      schemas: schemas.shared,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}
