import { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { z } from 'zod';
import { Behaviour, CallLog } from '../engine';

const faultSchema = z.strictObject({
  match: z.strictObject({
    source: z.enum(['azure-devops', 'azure', 'aws', 'github']).optional(),
    operation: z.string().optional(),
    scope: z.string().optional(),
    urlIncludes: z.string().optional(),
  }),
  times: z.number().int().positive().optional(),
  after: z.number().int().nonnegative().optional(),
  kind: z.enum([
    'deny',
    'unauthenticated',
    'not-found',
    'throttle',
    'slow-down',
    'sign-in-page',
    'html',
    'server-error',
    'cut-short',
    'hang-up',
  ]),
  retryAfterSeconds: z.number().nonnegative().optional(),
});

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || 'null');
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/**
 * `GET /calls` counts by operation, `DELETE /calls` starts the count anew, `POST /faults` adds a fault, `DELETE /faults` ends all.
 */
export function createControlHandler(
  behaviour: Behaviour,
  calls: CallLog,
): RequestListener {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    switch (`${request.method} ${request.url}`) {
      case 'GET /calls':
        return send(response, 200, {
          total: calls.count(),
          byOperation: calls.byOperation(),
        });
      case 'DELETE /calls':
        calls.reset();
        return send(response, 200, {});
      case 'POST /faults':
        behaviour.addFault(faultSchema.parse(await bodyOf(request)));
        return send(response, 200, {});
      case 'DELETE /faults':
        behaviour.clearFaults();
        return send(response, 200, {});
      default:
        return send(response, 404, { error: 'no such address' });
    }
  };
  return (request, response) => {
    answer(request, response).catch(error =>
      send(response, 400, { error: String(error.message) }),
    );
  };
}
