import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import express, { type RequestHandler } from 'express';

/** Files that the bundler names by a hash of their content, e.g. `assets/index-B3xZk2aP.js`: they never change. */
const HASHED = /[\\/]assets[\\/][^\\/]+[.-][\w-]{8,}\.\w+$/;

const cachingOf = (path: string): string =>
  HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';

/** Serves the files of the built page. */
export function pageFiles(pageDir: string): RequestHandler {
  return express.static(pageDir, {
    index: false,
    redirect: false,
    setHeaders(response, path) {
      response.setHeader('cache-control', cachingOf(path.slice(pageDir.length)));
    },
  });
}

/** What the build compresses, and the ending of each compression that a browser may take. */
const COMPRESSED: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const ENDINGS = { br: '.br', gzip: '.gz' } as const;

/** Serves the compressed twin of a file, where there is one and the browser takes it. */
export function compressedPageFiles(pageDir: string): RequestHandler {
  return (request, response, next) => {
    const type = COMPRESSED[extname(request.path)];
    if (type === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    response.vary('accept-encoding');
    const encoding = (['br', 'gzip'] as const).find((one) => request.acceptsEncodings(one));
    if (encoding === undefined) return next();
    const headers = {
      'content-type': type,
      'content-encoding': encoding,
      'cache-control': cachingOf(request.path),
    };
    const twin = `${request.path}${ENDINGS[encoding]}`;
    response.sendFile(twin, { root: pageDir, cacheControl: false, headers }, (error) => {
      if (error === undefined || response.headersSent) return;
      next();
    });
  };
}

/**
 * Answers the root, and a browser's navigation to any address, with `index.html`, so that links into the page work. Its relative
 * links are resolved against `basePath`, wherever the address lies.
 */
export function pageFallback(pageDir: string, basePath: string): RequestHandler {
  return async (request, response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const navigates = request.path === '/' || request.get('accept')?.includes('text/html') === true;
    if (!reads || !navigates) return next();
    let html: string;
    try {
      html = await readFile(join(pageDir, 'index.html'), 'utf8');
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? next() : next(error);
    }
    const base = basePath.endsWith('/') ? basePath : `${basePath}/`;
    response
      .set('cache-control', 'no-cache')
      .type('html')
      .send(html.replace(/<head[^>]*>/i, (head) => `${head}<base href="${base}">`));
  };
}
