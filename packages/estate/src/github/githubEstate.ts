import { existsSync, readFileSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { buildSchema, graphql, GraphQLSchema } from 'graphql';
import { Behaviour, CallLog, Fault, listen } from '../engine';
import { rootOf } from './resolvers';
import { GithubState } from './state';

/** The token that the local GitHub lets in. */
export const CONTOSO_GITHUB_TOKEN = 'contoso-demo-github-token';

/** A local GitHub Enterprise Server, running. */
export interface GithubEstate {
  /** `http://localhost:<port>`; GraphQL is under `/api/graphql`. */
  url: string;
  close(): Promise<void>;
}

const SCHEMA_PACKAGE = '@octokit/graphql-schema';

/** The package exports the file to ES modules only; it is found where Node looks for packages. */
function schemaFile(): string {
  const file = (require.resolve.paths(SCHEMA_PACKAGE) ?? [])
    .map(folder => join(folder, SCHEMA_PACKAGE, 'schema.graphql'))
    .find(existsSync);
  if (!file) throw new Error(`${SCHEMA_PACKAGE} is not installed`);
  return file;
}

let published: GraphQLSchema | undefined;

/** The schema that GitHub publishes: a query that it would refuse is refused here too. */
function githubSchema(): GraphQLSchema {
  published ??= buildSchema(readFileSync(schemaFile(), 'utf8'), {
    assumeValidSDL: true,
  });
  return published;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** Faults as GitHub words them; undefined for those that change only the way of the answer. */
function faulty({ kind, retryAfterSeconds = 60 }: Fault): Answer | undefined {
  switch (kind) {
    case 'unauthenticated':
      return { status: 401, body: { message: 'Bad credentials' } };
    case 'deny':
      return {
        status: 403,
        body: { message: 'Resource not accessible by integration' },
      };
    case 'throttle':
      return {
        status: 403,
        headers: { 'retry-after': String(retryAfterSeconds) },
        body: { message: 'You have exceeded a secondary rate limit.' },
      };
    case 'server-error':
      return { status: 502, body: { message: 'Server Error' } };
    case 'html':
    case 'sign-in-page':
      return { status: 200, body: '<html></html>' };
    default:
      return undefined;
  }
}

async function answer(
  request: IncomingMessage,
  state: GithubState,
  token: string,
): Promise<Answer> {
  const sent = request.headers.authorization ?? '';
  if (!/^(bearer|token) /i.test(sent) || !sent.endsWith(` ${token}`)) {
    return { status: 401, body: { message: 'Bad credentials' } };
  }
  if (request.method !== 'POST' || request.url !== '/api/graphql') {
    return { status: 404, body: { message: 'Not Found' } };
  }
  const { query, variables } = JSON.parse(await bodyOf(request));
  const result = await graphql({
    schema: githubSchema(),
    source: query,
    variableValues: variables,
    rootValue: rootOf(state),
  });
  return { status: 200, body: result };
}

/**
 * Starts a local GitHub Enterprise Server that answers GraphQL queries by GitHub's published schema.
 *
 * @throws the error of a port that is taken
 */
export async function createGithubEstate(options: {
  state: GithubState;
  behaviour?: Behaviour;
  calls?: CallLog;
  port?: number;
  token?: string;
}): Promise<GithubEstate> {
  const { behaviour = new Behaviour(), calls = new CallLog() } = options;
  const token = options.token ?? CONTOSO_GITHUB_TOKEN;
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const facts = {
      source: 'github' as const,
      operation: 'graphql',
      url: request.url ?? '',
    };
    const fault = behaviour.faultFor(facts);
    const given =
      (fault && faulty(fault)) ?? (await answer(request, options.state, token));
    calls.record({
      ...facts,
      method: request.method ?? '',
      status: given.status,
      at: behaviour.now().getTime(),
    });
    response.writeHead(given.status, {
      'content-type': 'application/json',
      'x-ratelimit-remaining': '4999',
      ...given.headers,
    });
    response.end(
      typeof given.body === 'string' ? given.body : JSON.stringify(given.body),
    );
  };
  return listen((request, response) => {
    serve(request, response).catch(error => {
      response.writeHead(400);
      response.end(JSON.stringify({ message: String(error) }));
    });
  }, options.port);
}
