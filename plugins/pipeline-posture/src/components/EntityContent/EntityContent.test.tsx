import { DEFAULT_SCORING_POLICY } from 'backstage-plugin-pipeline-posture-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { postureServer } from '../../__testUtils__/postureServer';
import {
  aDetail,
  aFinding,
  aPipeline,
  aPosture,
  aSummary,
  deployId,
  ordersId,
} from '../../__testUtils__/postures';
import { renderTab } from '../../__testUtils__/render';

const ENTITY = '/entities/component/default/payments-api';
const aDay = (day: string, score: number) => ({
  day,
  score,
  grade: 'D',
  compliance: 'non-compliant',
  failing: 1,
  unknown: 2,
});
const finding = (controlId: string) =>
  encodeURIComponent(`${controlId}:${deployId}`);

describe('the tab of an entity', () => {
  const server = postureServer();
  beforeEach(() =>
    server.answers(`${ENTITY}/history`, { trend: [], changes: [] }),
  );

  const open = async (options: Parameters<typeof renderTab>[0] = {}) => {
    renderTab(options);
    await screen.findByRole('region', { name: 'Security of the pipelines' });
  };
  const region = (name: string) => screen.getByRole('region', { name });

  it('says score, grade in letter and word, coverage and what could still be reached', async () => {
    server.answers(ENTITY, aPosture());
    await open();
    const summary = region('Security of the pipelines');
    expect(within(summary).getByText('Grade D · Weak')).toBeVisible();
    expect(
      within(summary).getByRole('img', {
        name: 'Score 54 of 100, grade D, Weak, provisional, up to 63 if everything unknown passes',
      }),
    ).toBeVisible();
    expect(summary).toHaveTextContent('8 of 10 checks done');
    expect(summary).toHaveTextContent('Up to 63 if everything unknown passes');
  });

  it('says how the score moved and leads to what moved it', async () => {
    server.answers(ENTITY, aPosture());
    await open();
    const summary = region('Security of the pipelines');
    expect(summary).toHaveTextContent('6 points down since Oct 22, 2026');
    await userEvent.click(
      within(summary).getByRole('button', { name: 'What changed' }),
    );
    expect(region('History')).toHaveFocus();
  });

  it('asks the server twice at most: for the posture and for its history', async () => {
    server.answers(ENTITY, aPosture());
    await open();
    expect(
      await screen.findByRole('heading', { name: 'What changed' }),
    ).toBeVisible();
    expect(server.asked()).toEqual([ENTITY, `${ENTITY}/history`]);
  });

  it('says what changed, whether rules or the pipeline, and what it did to the score', async () => {
    server.answers(ENTITY, aPosture());
    server.answers(`${ENTITY}/history`, {
      trend: [aDay('2026-11-20', 60), aDay('2026-11-21', 54)],
      changes: [
        {
          id: 7,
          eventId: 'e7',
          at: '2026-11-21T06:00:00.000Z',
          pipelineId: deployId,
          pipelineName: 'payments-deploy',
          cause: 'control-changed',
          ruleChange: true,
          transitions: [
            { controlId: 'identity-is-not-admin', from: 'pass', to: 'fail' },
          ],
          before: { score: 60, grade: 'C', compliance: 'compliant' },
          after: { score: 54, grade: 'D', compliance: 'non-compliant' },
        },
      ],
    });
    await open();
    const changes = await screen.findByRole('region', { name: 'What changed' });
    expect(changes).toHaveTextContent('Control changed');
    expect(changes).toHaveTextContent('Rule change');
    expect(changes).toHaveTextContent('Score 60 → 54 (down 6), grade C → D');
    expect(changes).toHaveTextContent(
      'No identity of the pipeline is an administrator: Passing → Failing',
    );
    expect(
      screen.getByRole('img', {
        name: 'Score of the last 2 days, from 60 on November 20, 2026 to 54 on November 21, 2026',
      }),
    ).toBeVisible();
  });

  it('keeps the rest where the history cannot be had', async () => {
    server.answers(ENTITY, aPosture());
    server.refuses(`${ENTITY}/history`, 500, 'Error');
    await open();
    expect(
      await screen.findByText('This part could not be loaded'),
    ).toBeVisible();
    expect(screen.getByText('Grade D · Weak')).toBeVisible();
  });

  it('explains a capped grade and names the control', async () => {
    server.answers(
      ENTITY,
      aPosture({
        summary: aSummary({
          score: 82,
          cap: { grade: 'D', controlId: 'identity-is-not-admin' },
        }),
      }),
    );
    await open();
    expect(region('Security of the pipelines')).toHaveTextContent(
      'The score alone would give B. Capped at D because a critical control fails or could not be checked. It is “No identity of the pipeline is an administrator”.',
    );
  });

  it('says what unknown checks could change', async () => {
    server.answers(ENTITY, aPosture());
    await open();
    expect(region('Security of the pipelines')).toHaveTextContent(
      'Provisional. 2 checks could not be done. If they pass, the score is 63.',
    );
  });

  it('says why there is no grade', async () => {
    server.answers(
      ENTITY,
      aPosture({ summary: aSummary({ grade: 'not-graded' }) }),
    );
    await open();
    const summary = region('Security of the pipelines');
    expect(within(summary).getByText('Not graded')).toBeVisible();
    expect(summary).toHaveTextContent(
      'Only 8 of 10 controls could be checked; at least 70 % is needed. By weight it is 76%.',
    );
  });

  it('says how much is needed where that is configured', async () => {
    server.answers(
      ENTITY,
      aPosture({
        summary: aSummary({ grade: 'not-graded' }),
        policy: { ...DEFAULT_SCORING_POLICY, minimumCoverage: 85 },
      }),
    );
    await open();
    expect(region('Security of the pipelines')).toHaveTextContent(
      'at least 85 % is needed',
    );
  });

  it('says once what keeps several checks from being done, and who must act', async () => {
    const posture = aPosture();
    const unread = posture.findings.find(f => f.status === 'unknown')!;
    const other = (n: number, message?: string) => ({
      ...unread,
      controlId: `other-${n}`,
      title: `Other control ${n}`,
      instances: unread.instances.map(one => ({
        ...one,
        ...(message && one.reason && { reason: { ...one.reason, message } }),
      })),
    });
    server.answers(
      ENTITY,
      aPosture({
        findings: [
          ...posture.findings,
          other(1),
          other(2),
          other(3, 'The second reason.'),
          other(4, 'The third reason.'),
        ],
      }),
    );
    await open();
    const fixes = region('Fix these first');
    const [first, ...rest] = within(fixes)
      .getAllByRole('button')
      .filter(each => /check/.test(each.textContent ?? ''));
    expect(first).toHaveTextContent(/3 checks.*must act/);
    expect(rest).toHaveLength(1);
    await userEvent.click(
      within(fixes).getByRole('button', { name: 'Show unknown' }),
    );
    expect(
      await within(region('Controls')).findByText(/^5 results shown of/),
    ).toHaveFocus();
    await userEvent.click(first);
    expect(
      await screen.findByRole('region', { name: new RegExp(unread.title) }),
    ).toBeVisible();
  });

  it('opens the finding of the most useful fix', async () => {
    server.answers(ENTITY, aPosture());
    await open();
    await userEvent.click(
      within(region('Fix these first')).getByRole('button', {
        name: /No identity of the pipeline is an administrator.*\+12 points/,
      }),
    );
    expect(
      await screen.findByRole('region', {
        name: 'No identity of the pipeline is an administrator, payments-deploy',
      }),
    ).toBeVisible();
  });

  it('names useful fixes of other pipelines where the weakest one only has unknown checks', async () => {
    server.answers(ENTITY, aPosture({ summary: aSummary({ fixFirst: [] }) }));
    await open();
    expect(region('Fix these first')).toHaveTextContent(
      'No identity of the pipeline is an administrator',
    );
  });

  it('gives every dimension a row with its numbers in words', async () => {
    server.answers(ENTITY, aPosture());
    await open();
    const row = within(region('Where the points are')).getByRole('row', {
      name: /Credential type/,
    });
    expect(row).toHaveTextContent('0100Unknown: 1');
    expect(
      within(region('Where the points are')).getByRole('row', {
        name: /Monitoring/,
      }),
    ).toHaveTextContent('No control applies');
  });

  it('shows what fails and what is unknown first, and counts the rest', async () => {
    server.answers(ENTITY, aPosture());
    await open();
    const controls = region('Controls');
    expect(within(controls).getByText('2 results shown of 4')).toBeVisible();
    expect(
      within(controls).getByText(
        'The service connection prod-arm is an administrator: Owner on subscription Prod-01.',
      ),
    ).toBeVisible();
    expect(
      within(controls).queryByText('Production needs an approval'),
    ).not.toBeInTheDocument();
    const approvals = within(controls).getByRole('region', {
      name: 'Approval gates',
    });
    expect(approvals).toHaveTextContent('Passing: 1');
    await userEvent.click(
      within(approvals).getByRole('button', { name: 'Show 1 more' }),
    );
    expect(
      within(approvals).getByText('Production needs an approval'),
    ).toBeVisible();
  });

  it('never lets unknown look like a pass: it names reason and who must act', async () => {
    server.answers(ENTITY, aPosture());
    await open();
    expect(region('Controls')).toHaveTextContent(
      'We could not check this: The variable groups of the project cannot be read. It earns no points until it can be checked. A cloud administrator must act.',
    );
  });

  it('opens a finding from its address with observed, expected, why, who, fix, effect and evidence', async () => {
    server.answers(ENTITY, aPosture());
    await open({ search: `?finding=${finding('identity-is-not-admin')}` });
    const detail = await screen.findByRole('region', {
      name: 'No identity of the pipeline is an administrator, payments-deploy',
    });
    for (const term of [
      'Observed',
      'Expected',
      'Why it matters',
      'Who acts',
      'How to fix it',
      'Effect',
      'Evidence',
      'How it is measured',
    ]) {
      expect(within(detail).getByText(term)).toBeVisible();
    }
    expect(detail).toHaveTextContent('The platform team must act');
    expect(detail).toHaveTextContent(
      'Fixing this raises the score of payments-deploy from 54 to 66. It also lifts what holds the grade at D.',
    );
    expect(detail).toHaveTextContent('GET roleAssignments');
    expect(
      within(detail).getByRole('link', {
        name: /Read how to fix it \(opens Microsoft Learn\)/,
      }),
    ).toHaveAttribute(
      'href',
      'https://learn.microsoft.com/azure/devops/pipelines/security/infrastructure',
    );
    expect(
      within(detail).getByRole('link', { name: /Read how to fix it/ }),
    ).toHaveAttribute('rel', 'noopener noreferrer');
  });

  it('offers the fix for the platform of the pipeline only', async () => {
    server.answers(ENTITY, aPosture());
    await open({ search: `?finding=${finding('identity-is-not-admin')}` });
    const tabs = await screen.findByRole('tablist', { name: 'Ways to fix it' });
    expect(
      within(tabs)
        .getAllByRole('tab')
        .map(tab => tab.textContent),
    ).toEqual(['Portal', 'CLI', 'Terraform', 'Bicep']);
    await userEvent.click(within(tabs).getByRole('tab', { name: 'CLI' }));
    expect(
      await screen.findByText('az role assignment delete --assignee <id>'),
    ).toBeVisible();
  });

  it('says what somebody has to do about an unknown result, with the permission to copy', async () => {
    server.answers(ENTITY, aPosture());
    await open({ search: `?finding=${finding('no-plaintext-secret')}` });
    const detail = await screen.findByRole('region', {
      name: /No setting of the pipeline holds a readable secret/,
    });
    expect(detail).toHaveTextContent(
      'A cloud administrator: Give the reader Variable groups (Read).',
    );
    expect(detail).toHaveTextContent(
      'Missing permission: Variable groups (Read)',
    );
  });

  it('hides evidence from those who may not see it, and says so', async () => {
    server.answers(
      ENTITY,
      aPosture({ may: { seeEvidence: false, checkAgain: false } }),
    );
    await open({ search: `?finding=${finding('identity-is-not-admin')}` });
    const detail = await screen.findByRole('region', {
      name: /is an administrator, payments-deploy/,
    });
    expect(within(detail).getByText('Evidence is restricted')).toBeVisible();
    expect(detail).toHaveTextContent(
      'You can see the result but not the raw evidence. Needed: pipelinePosture.evidence.read.',
    );
    expect(
      within(detail).queryByRole('button', { name: 'Check again' }),
    ).not.toBeInTheDocument();
  });

  it('fetches what was seen for a passing control when it is opened', async () => {
    server.answers(ENTITY, aPosture());
    server.answers('/pipelines/:id', aDetail());
    await open({ search: `?finding=${finding('production-needs-approval')}` });
    expect(
      await screen.findByText(
        'The stage Production needs the approval of Release.',
      ),
    ).toBeVisible();
  });

  it('says why a control does not apply', async () => {
    server.answers(ENTITY, aPosture());
    server.answers('/pipelines/:id', aDetail());
    await open({ search: `?finding=${finding('inputs-are-constrained')}` });
    expect(
      await screen.findByText('This pipeline takes no inputs.'),
    ).toBeVisible();
  });

  it('closes a finding by Escape and leaves the focus on its row', async () => {
    server.answers(ENTITY, aPosture());
    await open({ search: `?finding=${finding('identity-is-not-admin')}` });
    const row = await screen.findByRole('button', {
      name: /Failing.*No identity of the pipeline is an administrator/,
    });
    expect(row).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(row).toHaveAttribute('aria-expanded', 'false');
    expect(row).toHaveFocus();
  });

  it('takes the status filter from the address', async () => {
    server.answers(ENTITY, aPosture());
    await open({ search: '?status=failing' });
    expect(screen.getByText('1 result shown of 4')).toBeVisible();
  });

  it('says which filter of the address it does not know', async () => {
    server.answers(ENTITY, aPosture());
    await open({ search: '?status=green' });
    expect(
      screen.getByText('We ignored a filter we do not know: status=green.'),
    ).toBeVisible();
  });

  it('finds controls by text and says when none matches', async () => {
    server.answers(ENTITY, aPosture());
    await open();
    const search = screen.getByRole('searchbox', { name: 'Search controls' });
    await userEvent.type(search, 'zebra');
    expect(
      await screen.findByText('No controls match these filters'),
    ).toBeVisible();
    expect(screen.getByText('4 results exist without filters.')).toBeVisible();
    await userEvent.click(
      within(region('Controls')).getAllByRole('button', {
        name: 'Clear filters',
      })[0],
    );
    expect(await screen.findByText('2 results shown of 4')).toBeVisible();
  });

  it('lists the pipelines where there are several, opens one beside the list and filters by one', async () => {
    server.answers(
      ENTITY,
      aPosture({
        pipelines: [
          aPipeline(),
          aPipeline({ id: ordersId, name: 'payments-ci', grade: 'B' }),
        ],
      }),
    );
    await open();
    expect(region('2 pipelines')).toBeVisible();
    expect(region('Security of the pipelines')).toHaveTextContent(
      'Takes the numbers of its weakest production pipeline, payments-deploy.',
    );
    server.answers('/pipelines/:id', aDetail());
    await userEvent.click(screen.getByRole('row', { name: /payments-ci/ }));
    expect(
      await screen.findByRole('dialog', { name: 'payments-deploy' }),
    ).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await userEvent.click(
      screen.getByRole('button', { name: /^All pipelines/ }),
    );
    await userEvent.click(screen.getByRole('option', { name: 'payments-ci' }));
    await waitFor(() =>
      expect(screen.getByText('0 results shown of 4')).toBeVisible(),
    );
  });

  it('names the other entities that share a pipeline', async () => {
    server.answers(
      ENTITY,
      aPosture({
        pipelines: [
          aPipeline({
            entityRefs: [
              'component:default/payments-api',
              'component:default/route-planner',
            ],
          }),
        ],
      }),
    );
    await open();
    expect(region('Shared pipelines')).toHaveTextContent(
      'payments-deploy is shared with 1 other entity: route-planner',
    );
  });

  it('checks again, shows what came out and says whether it passes now', async () => {
    let checked = false;
    server.answers(ENTITY, () =>
      checked ? aPosture({ findings: [] }) : aPosture(),
    );
    server.answers(
      '/pipelines/:id/check',
      () => {
        checked = true;
        return { runId: 'r1', status: 'succeeded' };
      },
      { method: 'post' },
    );
    server.answers(
      '/pipelines/:id',
      aDetail({ findings: [aFinding({ status: 'pass' })] }),
    );
    await open({ search: `?finding=${finding('identity-is-not-admin')}` });
    await userEvent.click(
      (
        await screen.findAllByRole('button', { name: 'Check again' })
      )[1],
    );
    expect(
      await screen.findByText(/Checked again: now passing/),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByText('0 results shown of 2')).toBeVisible(),
    );
  });

  it('says while it checks how far it is, and afterwards that a control still fails', async () => {
    const { findings, quiet } = aPosture();
    server.answers(
      ENTITY,
      aPosture({
        pipelines: [
          aPipeline(),
          aPipeline({ id: ordersId, name: 'payments-ci', grade: 'B' }),
        ],
        findings,
        quiet: [...quiet, { ...quiet[0], pipelineId: ordersId }],
      }),
    );
    server.answers(
      '/pipelines/:id/check',
      { runId: 'r1', status: 'succeeded' },
      { method: 'post', waitMs: 300 },
    );
    server.answers('/pipelines/:id', aDetail());
    await open({ search: `?finding=${finding('identity-is-not-admin')}` });
    const [all, one] = await screen.findAllByRole('button', {
      name: 'Check again',
    });
    await userEvent.click(all);
    expect(await screen.findByText('Checking now')).toBeVisible();
    expect(screen.getByText('0 of 5 controls checked.')).toBeVisible();
    expect(await screen.findByText('4 of 5 controls checked.')).toBeVisible();
    expect(await screen.findByText('Checked again')).toBeInTheDocument();
    expect(screen.queryByText('Checking now')).not.toBeInTheDocument();
    await userEvent.click(one);
    expect(
      await screen.findByText(/Checked again: still failing/),
    ).toBeInTheDocument();
  });

  it.each([
    [0, 'failed'],
    [1, 'failed'],
    [1, 'incomplete'],
  ])(
    'says that nothing was checked (button %d) where the run %s',
    async (which, status) => {
      server.answers(ENTITY, aPosture());
      server.answers(
        '/pipelines/:id/check',
        { runId: 'r1', status },
        { method: 'post' },
      );
      server.answers('/pipelines/:id', aDetail());
      await open({ search: `?finding=${finding('identity-is-not-admin')}` });
      const buttons = await screen.findAllByRole('button', {
        name: 'Check again',
      });
      await userEvent.click(buttons[which]);
      expect(
        await screen.findByText(/The check could not be done/),
      ).toBeInTheDocument();
      expect(screen.queryByText(/^Checked again/)).not.toBeInTheDocument();
    },
  );

  it('does not say that what no longer applies passes', async () => {
    server.answers(ENTITY, aPosture());
    server.answers(
      '/pipelines/:id/check',
      { runId: 'r1', status: 'succeeded' },
      { method: 'post' },
    );
    server.answers(
      '/pipelines/:id',
      aDetail({ findings: [aFinding({ status: 'not-applicable' })] }),
    );
    await open({ search: `?finding=${finding('identity-is-not-admin')}` });
    await userEvent.click(
      (
        await screen.findAllByRole('button', { name: 'Check again' })
      )[1],
    );
    expect(await screen.findByText(/^Checked again/)).toBeInTheDocument();
    expect(screen.queryByText(/now passing/)).not.toBeInTheDocument();
  });

  it('copies a finding as Markdown with its address', async () => {
    const user = userEvent.setup();
    const copied = jest.spyOn(window.navigator.clipboard, 'writeText');
    server.answers(ENTITY, aPosture());
    await open({ search: `?finding=${finding('identity-is-not-admin')}` });
    await user.click(
      await screen.findByRole('button', { name: 'Copy as Markdown' }),
    );
    const [text] = copied.mock.calls[0];
    expect(text).toContain(
      '## No identity of the pipeline is an administrator',
    );
    expect(text).toContain('1. Open the subscription.');
    expect(text).toContain(
      `?${new URLSearchParams({
        finding: `identity-is-not-admin:${deployId}`,
      })}`,
    );
    expect(await screen.findByText('Copied as Markdown')).toBeVisible();
  });
});
