import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { OpenApiDocument } from '../../api/openapi/document.ts';

type Tree = Record<string, Record<string, unknown>>;

/** Checks answers against the schemas that the API publishes: every status, every media type. */
export interface Published {
  /** What is wrong with an answer; empty: nothing. An address that the document doesn't list must answer with a problem. */
  faults(answer: {
    method: string;
    pathname: string;
    status: number;
    media: string;
    body: unknown;
  }): readonly string[];
}

export function published(document: OpenApiDocument): Published {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  // ajv-formats is CommonJS; its types describe the default export only.
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(document, 'openapi');
  const paths = document.paths as Record<string, Tree>;
  // A name may hold slashes, so the template that says the most is tried first.
  const templates = Object.keys(paths)
    .sort((a, b) => b.split('/').length - a.split('/').length)
    .map((path) => ({
      path,
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '.+')}$`),
    }));
  const pointer = (...levels: readonly string[]): string =>
    `openapi#/${levels.map((level) => encodeURIComponent(level.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
  return {
    faults({ method, pathname, status, media, body }) {
      const exact = templates.find(({ path }) => path === pathname);
      const path = (exact ?? templates.find(({ pattern }) => pattern.test(pathname)))?.path;
      const listed = path && method in (paths[path] ?? {}) && status !== 405 ? path : undefined;
      const schema = listed
        ? pointer('paths', listed, method, 'responses', String(status), 'content', media, 'schema')
        : pointer('components', 'schemas', 'Problem');
      const validate = ajv.getSchema(schema);
      if (!validate) return [`${method} ${pathname} answers ${status} ${media}, which is not published`];
      validate(body);
      return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    },
  };
}
