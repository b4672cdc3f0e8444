import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { ProblemCode } from './problem.ts';
import type { Services } from './services.ts';

/** A schema's value as a handler may give it: nothing in it needs to be mutable. */
export type Immutable<T> = T extends readonly unknown[] | object
  ? { readonly [K in keyof T]: Immutable<T[K]> }
  : T;

/** A file as a body, judged by its content; the types that it may be sent as keep foreign web forms out. */
export interface Upload {
  readonly media: readonly string[];
  readonly maxBytes: number;
  /** What the file is, for the OpenAPI document. */
  readonly content: string;
}

interface RouteBase<P extends z.ZodObject, B extends z.ZodType> {
  /** `operationId` in the OpenAPI document, `route` in the metrics; the file's name. */
  readonly id: string;
  readonly method: 'get' | 'post';
  /** RFC 6570 template: `{name}` is one level, `{+name}` may hold slashes. */
  readonly path: string;
  readonly summary: { readonly zh: string; readonly en: string };
  /** One field for each parameter; those named in the path are taken from there, the others from the query. */
  readonly params: P;
  /** Present: the request carries a JSON body. */
  readonly body?: B;
  /** Present: the request carries a file. */
  readonly upload?: Upload;
  /** The problems that this route can answer, beyond those that every route can. */
  readonly problems: readonly ProblemCode[];
}

export interface Question<P extends z.ZodObject, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly body: z.output<B>;
  /** Empty where the route takes no file. */
  readonly upload: Uint8Array;
}

/** A route that answers JSON. */
export interface JsonRoute<
  P extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
> extends RouteBase<P, B> {
  readonly kind: 'json';
  readonly answer: A;
  /** The HTTP status where all went well; absent: 200. */
  readonly success?: 200 | 201;
  /** The HTTP status of an answer, where it isn't always `success`. */
  status?(answer: Immutable<z.output<A>>): 200 | 503;
  handler(
    question: Question<P, B>,
    services: Services,
  ): Immutable<z.output<A>> | Promise<Immutable<z.output<A>>>;
}

/** A route that answers something else, and writes it itself. */
export interface RawRoute<P extends z.ZodObject = z.ZodObject, B extends z.ZodType = z.ZodType>
  extends RouteBase<P, B> {
  readonly kind: 'raw';
  readonly media: string;
  /** What the answer holds, for the OpenAPI document. */
  readonly content: string;
  /** Its schema, where it is JSON after all. */
  readonly answer?: z.ZodType;
  handler(
    question: Question<P, B>,
    services: Services,
    exchange: { readonly request: Request; readonly response: Response },
  ): void | Promise<void>;
}

export type Route = JsonRoute | RawRoute;

/** Gives a route its type; the parameters and the answer are checked against the schemas. */
export function jsonRoute<P extends z.ZodObject, A extends z.ZodType, B extends z.ZodType = z.ZodUndefined>(
  route: Omit<JsonRoute<P, B, A>, 'kind'>,
): JsonRoute<P, B, A> {
  return { kind: 'json', ...route };
}

export function rawRoute<P extends z.ZodObject, B extends z.ZodType = z.ZodUndefined>(
  route: Omit<RawRoute<P, B>, 'kind'>,
): RawRoute<P, B> {
  return { kind: 'raw', ...route };
}

/** The names in a path template, with the form each one takes. */
export function pathNames(path: string): readonly { readonly name: string; readonly slashes: boolean }[] {
  return [...path.matchAll(/\{(\+?)(\w+)\}/g)].map(([, plus, name]) => ({
    name: name ?? '',
    slashes: plus === '+',
  }));
}

/** The template in the words of Express 5. */
export const expressPath = (path: string): string =>
  path.replaceAll(/\{\+(\w+)\}/g, '*$1').replaceAll(/\{(\w+)\}/g, ':$1');

/** The template in the words of OpenAPI, which knows no reserved expansion. */
export const openApiPath = (path: string): string => path.replaceAll('{+', '{');
