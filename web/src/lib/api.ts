// Asking the program that served this page. Types come from api/, so that a page cannot ask what is not there.
import type { paths as MedicalPaths } from '../api/medical';
import type { paths as OfficePaths } from '../api/office';
import { heard } from './expiry';
import { language } from './language';
import { send } from './send';

export interface FieldFault { field: string; code: string; detail: string }
export interface Problem {
  status: number;
  code: string;
  title: string;
  fields?: FieldFault[];
  header_problems?: { code: string; detail: string; columns: string[] }[];
}

/** What was asked was not given; what to tell the user stands in the problem, in the language asked for. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
  get fields(): FieldFault[] { return this.problem.fields ?? []; }
}
/** No answer came. What was sent may have arrived. */
export class Unreachable extends Error {}

type Method = 'get' | 'post' | 'put' | 'delete';
type At<P, K extends keyof P, M extends Method> = M extends keyof P[K] ? P[K][M] : never;
type JsonOf<R> = R extends { content: { 'application/json': infer J } } ? J : undefined;
type Answered<O> = O extends { responses: infer R }
  ? { [S in keyof R & (200 | 201 | 204)]: JsonOf<R[S]> }[keyof R & (200 | 201 | 204)] : never;
type Sent<O> = O extends { requestBody: { content: { 'application/json': infer J } } } ? J : never;
type Having<P, M extends Method> = { [K in keyof P]: M extends keyof P[K] ? (P[K][M] extends undefined ? never : K) : never }[keyof P];

export interface Options {
  path?: Record<string, string>;
  query?: Record<string, string | undefined>;
  headers?: Record<string, string>;
  /** Ends the request when what it was for is gone. */
  signal?: AbortSignal;
  /** Sent even when its page goes away meanwhile; for little. */
  outlivesPage?: boolean;
  /** How much of the body was sent, from 0 to 1. */
  onProgress?: (share: number) => void;
}

/** What the shell does about things that can happen to any request. */
export const happening = {
  /** The session ended: resolves when the user signed in again, or false when not. */
  signedOut: async (): Promise<boolean> => false,
  /** A second factor must be shown again: resolves when that was done. */
  notFresh: async (): Promise<boolean> => false,
  environment: (_name: string): void => undefined,
};

const sleep = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms); });

function addressOf(path: string, options: Options): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(options.path?.[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {})) if (value) query.set(name, value);
  return query.size > 0 ? `${filled}?${query}` : filled;
}

async function sendOnce(method: string, address: string, body: XMLHttpRequestBodyInit | undefined, options: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language.current, ...options.headers };
  // Reading changes nothing: when the network fails it is tried once more before anybody is troubled.
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send({ method, address, headers, body, signal: options.signal, outlivesPage: options.outlivesPage ?? false }, options.onProgress);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      if (method !== 'GET' || attempt === 2) throw new Unreachable();
      await sleep(600);
    }
  }
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return await response.json() as Problem;
  } catch {
    return { status: response.status, code: 'failed', title: response.statusText };
  }
}

/** Asks, and asks again after the user signed in or showed a factor when that was what was missing. */
export async function ask(method: string, path: string, body: XMLHttpRequestBodyInit | undefined, options: Options = {}): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await sendOnce(method.toUpperCase(), addressOf(path, options), body, options);
    happening.environment(response.headers.get('X-Klout7-Environment') ?? 'production');
    if (response.ok) {
      heard(response.headers.get('Date'));
      return response;
    }
    const problem = await problemOf(response);
    if (attempt === 1 && problem.code === 'not_fresh' && await happening.notFresh()) continue;
    if (attempt === 1 && problem.code === 'not_signed_in' && await happening.signedOut()) continue;
    throw new Refused(problem);
  }
}

async function json(method: string, path: string, content: unknown, options: Options = {}): Promise<unknown> {
  const headers = { ...options.headers, ...(content === undefined ? {} : { 'Content-Type': 'application/json' }) };
  const response = await ask(method, path, content === undefined ? undefined : JSON.stringify(content), { ...options, headers });
  return response.status === 204 ? undefined : response.json();
}

/** The interface of one side. */
export interface Api<P> {
  get<K extends Having<P, 'get'> & string>(path: K, options?: Options): Promise<Answered<At<P, K, 'get'>>>;
  post<K extends Having<P, 'post'> & string>(path: K, content?: Sent<At<P, K, 'post'>>, options?: Options): Promise<Answered<At<P, K, 'post'>>>;
  put<K extends Having<P, 'put'> & string>(path: K, content?: Sent<At<P, K, 'put'>>, options?: Options): Promise<Answered<At<P, K, 'put'>>>;
  del<K extends Having<P, 'delete'> & string>(path: K, options?: Options): Promise<Answered<At<P, K, 'delete'>>>;
}

const plain = {
  get: (path: string, options?: Options) => json('get', path, undefined, options),
  post: (path: string, content?: unknown, options?: Options) => json('post', path, content, options),
  put: (path: string, content?: unknown, options?: Options) => json('put', path, content, options),
  del: (path: string, options?: Options) => json('delete', path, undefined, options),
};
export const office = plain as unknown as Api<OfficePaths>;
export const medical = plain as unknown as Api<MedicalPaths>;
/** What both sides have. */
export const common = plain as unknown as Api<Pick<OfficePaths, keyof OfficePaths & keyof MedicalPaths>>;
/** What a route answers with. */
export type AnswerOf<P, K extends keyof P, M extends Method = 'get'> = Answered<At<P, K, M>>;
