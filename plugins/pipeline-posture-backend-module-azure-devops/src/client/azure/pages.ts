import type { ServiceClient } from '@azure/core-client';
import {
  createHttpHeaders,
  createPipelineRequest,
} from '@azure/core-rest-pipeline';
import { MisshapenAnswerError, WITHOUT_PIM } from './failures';

const MAX_PAGES = 1000;

/**
 * The entries of a list that comes in pages, each of which names the next.
 *
 * @param next - the member that holds the address of the next page
 * @param headers - what to send with the request for each page
 * @throws MisshapenAnswerError if its pages do not end
 * @throws Error with the status for an answer that is not 200, and with the code for a missing licence
 */
export async function* pagesOf(
  client: ServiceClient,
  first: string,
  next: 'nextLink' | '@odata.nextLink',
  signal: AbortSignal,
  headers: Record<string, string> = {},
): AsyncGenerator<unknown> {
  const seen = new Set<string>();
  let url: string | undefined = first;
  while (url) {
    if (seen.has(url) || seen.size >= MAX_PAGES)
      throw new MisshapenAnswerError('its pages do not end');
    seen.add(url);
    const { status, bodyAsText } = await client.sendRequest(
      createPipelineRequest({
        url,
        abortSignal: signal,
        headers: createHttpHeaders(headers),
      }),
    );
    if (status !== 200) {
      // Privileged Identity Management answers through Graph with its own error inside the text of another.
      const code = WITHOUT_PIM.exec(bodyAsText ?? '')?.[0];
      throw Object.assign(new Error('refused'), { statusCode: status, code });
    }
    const page = JSON.parse(bodyAsText ?? '') as {
      value: unknown[];
      [member: string]: unknown;
    };
    yield* page.value;
    const following = page[next];
    url = typeof following === 'string' ? following : undefined;
  }
}
