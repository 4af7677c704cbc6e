import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { delay, http, HttpResponse, JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { anAbout, someFacets } from './about';

/** A list of exemptions in which there is none. */
const noExemptions = {
  items: [],
  total: 0,
  page: 1,
  size: 25,
  counts: {
    waiting: 0,
    active: 0,
    'ending-soon': 0,
    expired: 0,
    rejected: 0,
    revoked: 0,
  },
  owners: [],
};

const BASE = 'http://example.com/api/pipeline-posture';

/** An HTTP server that stands in for the backend, for the tests of one file. Requests without an answer fail the test. */
export function postureServer() {
  const server = setupServer();
  registerMswTestHooks(server);
  const requests: URL[] = [];
  beforeEach(() => {
    requests.length = 0;
    // What every screen asks; tests that are about it answer otherwise.
    server.use(
      http.get(`${BASE}/about`, () => HttpResponse.json(anAbout())),
      http.get(`${BASE}/facets`, () => HttpResponse.json(someFacets())),
      http.get(`${BASE}/trends`, () =>
        HttpResponse.json({ by: 'fleet', points: [], rubricChanges: [] }),
      ),
      http.get(`${BASE}/trends/pipelines`, () =>
        HttpResponse.json({ pipelines: 0, points: [], rubricChanges: [] }),
      ),
      http.get(`${BASE}/progress`, () =>
        HttpResponse.json({
          since: '2026-10-22',
          exemptionsEnding: 0,
          fixes: 0,
        }),
      ),
      http.get(`${BASE}/entities`, () =>
        HttpResponse.json({ items: [], total: 0, page: 1, size: 10 }),
      ),
      http.get(`${BASE}/rollups`, () => HttpResponse.json({ items: [] })),
      http.get(`${BASE}/exemptions`, () => HttpResponse.json(noExemptions)),
      http.get(`${BASE}/health`, () =>
        HttpResponse.json({ state: 'ok', sources: [] }),
      ),
      http.get(`${BASE}/missing-links`, () =>
        HttpResponse.json({ items: [], total: 0, page: 1, size: 25 }),
      ),
      http.get(`${BASE}/controls`, () => HttpResponse.json({ items: [] })),
    );
  });

  return {
    /** What was asked, as `/path?query` below the API. */
    asked: () =>
      requests.map(
        url => `${url.pathname}${url.search}`.split('/api/pipeline-posture')[1],
      ),

    /** Answers a path with a body, or with what a function makes of the request. */
    answers(
      path: string,
      body: JsonBodyType | ((url: URL) => JsonBodyType),
      options: { method?: 'get' | 'post'; waitMs?: number } = {},
    ) {
      const { method = 'get', waitMs = 0 } = options;
      server.use(
        http[method](`${BASE}${path}`, async ({ request }) => {
          const url = new URL(request.url);
          requests.push(url);
          if (waitMs > 0) await delay(waitMs);
          return HttpResponse.json(
            typeof body === 'function' ? body(url) : body,
          );
        }),
      );
    },

    /** Refuses a path as the backend would. */
    refuses(
      path: string,
      status: number,
      name: string,
      { message = 'Refused', code }: { message?: string; code?: string } = {},
    ) {
      server.use(
        http.all(`${BASE}${path}`, ({ request }) => {
          requests.push(new URL(request.url));
          return HttpResponse.json(
            {
              error: { name, message, code },
              request: { method: 'GET', url: path },
              response: { statusCode: status },
            },
            { status },
          );
        }),
      );
    },
  };
}
