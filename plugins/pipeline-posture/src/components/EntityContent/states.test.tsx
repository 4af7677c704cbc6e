import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { postureServer } from '../../__testUtils__/postureServer';
import {
  aPipeline,
  aPosture,
  aSummary,
  ordersId,
  paymentsApi,
} from '../../__testUtils__/postures';
import { renderTab } from '../../__testUtils__/render';

const ENTITY = '/entities/component/default/payments-api';
const HOUR = 3_600_000;
const inHours = (hours: number) =>
  new Date(Date.now() + hours * HOUR).toISOString();

describe('the states of the tab', () => {
  const server = postureServer();
  beforeEach(() =>
    server.answers(`${ENTITY}/history`, { trend: [], changes: [] }),
  );
  const nothing = {
    summary: undefined,
    pipelines: [],
    findings: [],
    quiet: [],
  };

  it('is busy while it waits', async () => {
    server.answers(ENTITY, aPosture(), { waitMs: 300 });
    renderTab();
    const waiting = await screen.findByText('Loading pipeline posture');
    expect(waiting.closest('[aria-busy="true"]')).toBeInTheDocument();
    expect(await screen.findByText('Grade D · Weak')).toBeVisible();
  });

  it('says how to link a pipeline where nothing links one', async () => {
    server.answers(ENTITY, aPosture({ ...nothing, state: 'no-annotation' }));
    renderTab();
    expect(
      await screen.findByRole('heading', {
        name: 'Link a pipeline to see its security',
      }),
    ).toBeVisible();
    expect(
      screen.getByText(
        'Add one of these annotations to the entity, or ask your platform team.',
      ),
    ).toBeVisible();
    const example = screen.getByRole('region', {
      name: 'Annotations that link an entity to pipelines',
    });
    expect(example).toHaveTextContent('dev.azure.com/project-repo:');
    expect(example).toHaveTextContent('aws.amazon.com/aws-codepipeline-arn:');
    expect(screen.getByRole('link', { name: /Read more/ })).toBeVisible();
  });

  it('names the pipeline that it could not find', async () => {
    server.answers(
      ENTITY,
      aPosture({
        ...nothing,
        state: 'not-found',
        lastRunAt: '2026-11-21T06:00:00.000Z',
        unmatched: [
          {
            annotation: 'dev.azure.com/build-definition',
            value: 'old-reports',
          },
        ],
      }),
    );
    renderTab();
    expect(
      await screen.findByRole('heading', {
        name: 'We could not find the pipeline old-reports',
      }),
    ).toBeVisible();
    expect(
      screen.getByText(
        'The annotation points to dev.azure.com/build-definition: old-reports. The last run on Nov 21, 2026 did not find it. It may have been renamed or the collector may lack access.',
      ),
    ).toBeVisible();
  });

  it('says what is wrong with an annotation that cannot be read', async () => {
    server.answers(
      ENTITY,
      aPosture({
        ...nothing,
        state: 'not-found',
        unmatched: [
          {
            annotation: 'aws.amazon.com/aws-codepipeline-arn',
            value: 'orders',
            problem: 'Write it as arn:aws:codepipeline:….',
          },
        ],
      }),
    );
    renderTab();
    expect(
      await screen.findByText(
        'The annotation aws.amazon.com/aws-codepipeline-arn cannot be read: Write it as arn:aws:codepipeline:….',
      ),
    ).toBeVisible();
  });

  it('says when the first check comes', async () => {
    server.answers(
      ENTITY,
      aPosture({
        ...nothing,
        state: 'scheduled',
        nextCheckAt: inHours(2.5),
      }),
    );
    renderTab();
    expect(
      await screen.findByRole('heading', { name: 'First check is scheduled' }),
    ).toBeVisible();
    expect(
      screen.getByText(/^Results will appear after the next run,/),
    ).toHaveTextContent('Results will appear after the next run, in 2 hours.');
  });

  it('does not tell a hidden entity from a missing one', async () => {
    server.refuses(ENTITY, 404, 'NotFoundError');
    renderTab();
    expect(
      await screen.findByRole('heading', { name: 'Not found' }),
    ).toBeVisible();
    expect(
      screen.getByText('It does not exist, or you do not have access.'),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'Go to catalog' })).toBeVisible();
  });

  it('names the permission that is missing', async () => {
    server.refuses(ENTITY, 403, 'NotAllowedError');
    renderTab();
    expect(
      await screen.findByRole('heading', {
        name: 'You do not have access to this page',
      }),
    ).toBeVisible();
    expect(
      screen.getByText(/^You need pipelinePosture.finding.read\./),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Copy request' })).toBeVisible();
  });

  it('says that the server failed and tries again on request', async () => {
    server.refuses(ENTITY, 500, 'Error', {
      message: 'The database is away',
    });
    renderTab();
    expect(
      await screen.findByRole('heading', {
        name: 'Pipeline posture could not be loaded',
      }),
    ).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent('The database is away');
    server.answers(ENTITY, aPosture());
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Grade D · Weak')).toBeVisible();
  });

  it('warns of old results and keeps them', async () => {
    const collectedAt = inHours(-75);
    server.answers(
      ENTITY,
      aPosture({ summary: aSummary({ stale: true, collectedAt }) }),
    );
    renderTab();
    expect(
      await screen.findByText('These results are 3 days old'),
    ).toBeVisible();
    expect(
      screen.getByText(
        /^The last successful check was .+ UTC\)\. Something may have changed since\.$/,
      ),
    ).toBeVisible();
    expect(screen.getByText('Grade D · Weak')).toBeVisible();
  });

  it('is pleased where everything passes, and shows what passes on request', async () => {
    server.answers(
      ENTITY,
      aPosture({
        findings: [],
        lastRunAt: inHours(-1),
        nextCheckAt: inHours(5),
        summary: aSummary({
          grade: 'A',
          score: 100,
          potential: 100,
          fixFirst: [],
          collectedAt: inHours(-2.5),
          counts: {
            pass: 12,
            fail: 0,
            unknown: 0,
            'not-applicable': 1,
            exempt: 0,
            preview: 0,
          },
        }),
      }),
    );
    renderTab();
    expect(await screen.findByText('All 12 controls pass')).toBeVisible();
    expect(screen.getByText(/^Last checked/)).toHaveTextContent(
      'Last checked 2 hours ago. We keep checking every 6 hours.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Show passing' }));
    expect(await screen.findByText('1 result shown of 2')).toBeVisible();
    expect(screen.getByText('Nothing to fix.')).toBeVisible();
  });

  it('does not let the weakest pipeline of production speak for others of which something is unknown', async () => {
    const [unread] = aPosture().findings.filter(f => f.status === 'unknown');
    server.answers(
      ENTITY,
      aPosture({
        pipelines: [aPipeline(), aPipeline({ id: ordersId, name: 'other' })],
        findings: [{ ...unread, pipelineId: ordersId, pipelineName: 'other' }],
        summary: aSummary({
          fixFirst: [],
          counts: {
            pass: 12,
            fail: 0,
            unknown: 0,
            'not-applicable': 1,
            exempt: 0,
            preview: 0,
          },
        }),
      }),
    );
    renderTab();
    expect(
      await screen.findByText(/What is left are checks that could not be done/),
    ).toBeVisible();
    expect(screen.queryByText('All 12 controls pass')).not.toBeInTheDocument();
  });

  it('never counts what is exempt as passing', async () => {
    const { counts } = aSummary();
    server.answers(
      ENTITY,
      aPosture({
        summary: aSummary({
          counts: { ...counts, pass: 44, fail: 0, unknown: 0, exempt: 1 },
        }),
      }),
    );
    renderTab();
    expect(await screen.findByText('Grade D · Weak')).toBeVisible();
    expect(screen.queryByText(/controls pass/)).not.toBeInTheDocument();
  });

  it('says which of several annotations lead nowhere', async () => {
    server.answers(
      ENTITY,
      aPosture({
        unmatched: [
          {
            annotation: 'dev.azure.com/build-definition',
            value: 'old-reports',
          },
        ],
      }),
    );
    renderTab();
    expect(
      await screen.findByText(
        'One more annotation of this entity matches no pipeline:',
      ),
    ).toBeVisible();
  });

  it('shows a control that does not count yet apart from failing ones', async () => {
    const posture = aPosture();
    server.answers(
      ENTITY,
      aPosture({
        findings: [{ ...posture.findings[0], preview: true }],
        controls: posture.controls.map(control => ({
          ...control,
          activeFrom: '2027-02-01',
        })),
      }),
    );
    renderTab({ search: '?status=not-scored-yet' });
    expect(
      await screen.findByText(
        /Counts from Feb 1, 2027\. Today it would fail\./,
      ),
    ).toBeVisible();
  });

  it('lists the pipelines of a system, asked of the server by the system', async () => {
    server.answers('/pipelines', {
      items: [aPipeline()],
      total: 1,
      page: 1,
      size: 25,
    });
    renderTab({
      entity: {
        ...paymentsApi,
        kind: 'System',
        metadata: { name: 'checkout', namespace: 'default' },
      },
    });
    expect(
      await screen.findByRole('region', { name: 'Pipelines of checkout' }),
    ).toBeVisible();
    expect(server.asked()[0]).toContain(
      `system=${encodeURIComponent('system:default/checkout')}`,
    );
  });

  it('says how the services of a system do, and lists them, weakest first', async () => {
    server.answers('/pipelines', {
      items: [aPipeline()],
      total: 1,
      page: 1,
      size: 25,
    });
    const ref = 'system:default/checkout';
    server.answers('/rollups', {
      items: [
        {
          ref,
          entities: 41,
          byCompliance: { compliant: 34, unknown: 2, 'non-compliant': 5 },
          byGrade: { A: 20, B: 14, C: 2, D: 3, F: 1, 'not-graded': 1 },
          compliantShare: 82,
          meanScore: 77,
          worst: [],
          failingControls: [],
          exempt: 0,
        },
      ],
    });
    server.answers('/entities', {
      items: [
        {
          entityRef: 'component:default/payments-api',
          score: 54,
          grade: 'D',
          compliance: 'non-compliant',
          pipelines: 3,
          failing: 3,
          unknown: 0,
        },
      ],
      total: 1,
      page: 1,
      size: 10,
    });
    renderTab({
      entity: {
        ...paymentsApi,
        kind: 'System',
        metadata: { name: 'checkout', namespace: 'default' },
      },
    });
    const numbers = await screen.findByRole('region', {
      name: 'How its services do',
    });
    expect(numbers).toHaveTextContent('34 of 41 (82%) services comply');
    expect(numbers).toHaveTextContent('DWeak3 (7%)');
    expect(numbers).toHaveTextContent(
      'Mean score 77 · Compliance of 2 is unknown',
    );
    const members = await screen.findByRole('region', {
      name: 'Services, weakest first',
    });
    const row = within(members).getByRole('row', { name: /payments-api/ });
    expect(row).toHaveTextContent('DWeak54Not compliant33–');
  });

  describe('what a system should do first', () => {
    const ref = 'system:default/checkout';
    const fix = async (search: string) => {
      server.answers('/pipelines', {
        items: [aPipeline()],
        total: 1,
        page: 1,
        size: 25,
      });
      server.answers('/rollups', {
        items: [
          {
            ref,
            entities: 1,
            byCompliance: { compliant: 0, unknown: 0, 'non-compliant': 1 },
            byGrade: { A: 0, B: 0, C: 0, D: 1, F: 0, 'not-graded': 0 },
            worst: [],
            failingControls: [
              { controlId: 'identity-is-not-admin', pipelines: 3, gain: 6 },
            ],
            exempt: 0,
          },
        ],
      });
      renderTab({
        search,
        entity: {
          ...paymentsApi,
          kind: 'System',
          metadata: { name: 'checkout', namespace: 'default' },
        },
      });
      const link = await screen.findByRole('link', {
        name: /identity-is-not-admin/,
      });
      const [, params] = (link.getAttribute('href') ?? '').split('?');
      return {
        link,
        params: [...new URLSearchParams(params)]
          .map(one => one.join('='))
          .sort(),
      };
    };

    it('leads to the pipelines that it counts', async () => {
      const { link, params } = await fix(
        '?grade=D&env=production&asOf=2026-09-01&page=2',
      );
      expect(link).toHaveTextContent('3 pipelines');
      expect(params).toEqual([
        'asOf=2026-09-01',
        'control=identity-is-not-admin',
        'env=production',
        'grade=D',
        'status=failing',
        `system=${ref}`,
      ]);
    });

    it('counts nothing where only certain other results are meant', async () => {
      const { link, params } = await fix('?severity=low');
      expect(link).not.toHaveTextContent(/pipeline/);
      expect(params).toEqual([
        'control=identity-is-not-admin',
        'status=failing',
        `system=${ref}`,
      ]);
    });

    it('draws the line of the day that is shown', async () => {
      server.answers('/trends', {
        by: 'system',
        points: [],
        rubricChanges: [],
      });
      server.answers('/trends/pipelines', {
        pipelines: 1,
        asOf: '2026-09-01',
        points: ['2026-08-31', '2026-09-01'].map(day => ({
          day,
          pipelines: 1,
          compliant: 0,
          nonCompliant: 1,
          unknown: 0,
          compliantShare: 0,
        })),
        rubricChanges: [],
      });
      await fix('?asOf=2026-09-01');
      expect(
        await screen.findByText(/matched the filters on September 1, 2026/),
      ).toBeVisible();
      expect(server.asked().join()).not.toContain('/trends?');
    });
  });

  it('says that nothing in a system is linked', async () => {
    server.answers('/pipelines', { items: [], total: 0, page: 1, size: 25 });
    renderTab({
      entity: {
        ...paymentsApi,
        kind: 'System',
        metadata: { name: 'checkout', namespace: 'default' },
        relations: [
          { type: 'hasPart', targetRef: 'component:default/a' },
          { type: 'hasPart', targetRef: 'component:default/b' },
        ],
      },
    });
    expect(await screen.findByText('No pipelines here yet')).toBeVisible();
    expect(
      screen.getByText(
        'None of the 2 components of checkout is linked to a pipeline.',
      ),
    ).toBeVisible();
  });
});
