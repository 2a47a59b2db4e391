import createClient, { type Client, type RequestBodyOption } from 'openapi-fetch';
import type {
  HttpMethod,
  PathsWithMethod,
  RequiredKeysOf,
  SuccessResponseJSON,
} from 'openapi-typescript-helpers';
import type { components, paths } from './paths.generated.ts';

/** The schemas of the gateway's document, by name. */
export type Schemas = components['schemas'];

type Operation<Path extends keyof paths, Method extends HttpMethod> = Extract<
  paths[Path][Method & keyof paths[Path]],
  { parameters: object; responses: object }
>;
type Ask<Op extends { parameters: object }> = Op['parameters'] &
  RequestBodyOption<Op> & { headers?: Record<string, string>; signal?: AbortSignal };
type Arguments<A> = RequiredKeysOf<A> extends never ? [ask?: A] : [ask: A];

/** One question to the gateway: only paths, parameters and bodies that its document knows compile. */
export type Call<Method extends HttpMethod, How = 'read'> = <
  Path extends PathsWithMethod<paths, Method> & keyof paths,
>(
  path: Path,
  ...ask: Arguments<Ask<Operation<Path, Method>>>
) => Promise<
  How extends 'read' ? Answer<NonNullable<SuccessResponseJSON<Operation<Path, Method>>>> : Response
>;

export interface Answer<T> {
  status: number;
  headers: Headers;
  /** Of a good answer; that of a refusal is a problem, and without a body it is undefined. */
  body: T;
}

interface AnyAsk {
  path?: object;
  query?: object;
  header?: object;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** A client of the gateway that is typed by its OpenAPI document. It repeats nothing, and throws only when there is no answer. */
export class Gateway {
  readonly #client: Client<paths>;

  constructor(baseUrl: string, token?: string) {
    this.#client = createClient<paths>({
      baseUrl: baseUrl.replace(/\/$/, ''),
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
  }

  readonly get: Call<'get'> = (path, ...[ask]) => this.#read('get', path, ask);
  readonly post: Call<'post'> = (path, ...[ask]) => this.#read('post', path, ask);
  readonly patch: Call<'patch'> = (path, ...[ask]) => this.#read('patch', path, ask);
  /** Without reading the answer, which may be a stream. */
  readonly open: Call<'get', 'open'> = async (path, ...[ask]) =>
    (await this.#send('get', path, ask, 'stream')).response;

  async #read<T>(method: string, path: string, ask: AnyAsk | undefined): Promise<Answer<T>> {
    const { data, error, response } = await this.#send(method, path, ask, 'json');
    return { status: response.status, headers: response.headers, body: (data ?? (error || undefined)) as T };
  }

  #send(method: string, path: string, ask: AnyAsk = {}, parseAs: 'json' | 'stream') {
    const { path: inPath, query, header, ...rest } = ask;
    const init = { ...rest, parseAs, params: { path: inPath, query, header } };
    // What fits together was checked where the call was written.
    return this.#client.request(method as 'get', path as '/v1/products', init as never) as Promise<{
      data?: unknown;
      error?: unknown;
      response: Response;
    }>;
  }
}
