import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';

/** Files that the bundler names by a hash of their content, e.g. `assets/index-B3xZk2aP.js`: they never change. */
const HASHED = /[\\/]assets[\\/][^\\/]+[.-][\w-]{8,}\.\w+$/;

/** Serves the files of the built page. */
export function pageFiles(pageDir: string): RequestHandler {
  return express.static(pageDir, {
    index: false,
    redirect: false,
    setHeaders(response, path) {
      response.setHeader(
        'cache-control',
        HASHED.test(path.slice(pageDir.length)) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
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
