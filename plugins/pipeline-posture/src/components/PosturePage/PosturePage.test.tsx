import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PipelineSummary } from 'backstage-plugin-pipeline-posture-common';
import { postureServer } from '../../__testUtils__/postureServer';
import {
  aControl,
  aDetail,
  aFleet,
  aPipeline,
  deployId,
  ordersId,
} from '../../__testUtils__/postures';
import { renderPage } from '../../__testUtils__/render';

const aPage = (items: PipelineSummary[], total = items.length) => ({
  items,
  total,
  page: 1,
  size: 25,
});

const orders = aPipeline({
  id: ordersId,
  name: 'orders-api',
  provider: 'aws-codepipeline',
  kind: 'codepipeline-v2',
  grade: 'A',
  score: 100,
  entityRefs: [],
});

describe('the page with all pipelines', () => {
  const server = postureServer();
  beforeEach(() => {
    server.answers('/summary', aFleet());
    server.answers('/controls', { items: [aControl()] });
  });
  const lists = () =>
    server
      .asked()
      .filter(path => path.startsWith('/pipelines?'))
      .map(path => Object.fromEntries(new URLSearchParams(path.split('?')[1])));

  it('lists what the viewer may see, worst first', async () => {
    server.answers('/pipelines', aPage([aPipeline(), orders]));
    renderPage();
    const row = await screen.findByRole('row', { name: /payments-deploy/ });
    expect(row).toHaveTextContent(
      'YAML pipeline, Azure DevOps contoso, project Payments',
    );
    expect(row).toHaveTextContent('Production');
    expect(row).toHaveTextContent('DWeak');
    expect(row).toHaveTextContent('1 critical');
    expect(screen.getByRole('row', { name: /orders-api/ })).toHaveTextContent(
      'No entity',
    );
    expect(screen.getByText('2 pipelines')).toBeVisible();
    expect(lists()).toEqual([
      { sort: 'score', order: 'asc', page: '1', size: '25' },
    ]);
  });

  it('takes filters, sorting and page from the address', async () => {
    server.answers('/pipelines', aPage([aPipeline()], 60));
    renderPage(
      '/pipeline-posture?q=pay&grade=D&compliance=non-compliant&platform=azure-devops&sort=name&order=desc&page=2&size=50',
    );
    await screen.findByRole('row', { name: /payments-deploy/ });
    expect(lists()).toEqual([
      {
        text: 'pay',
        grade: 'D',
        compliance: 'non-compliant',
        provider: 'azure-devops',
        sort: 'name',
        order: 'desc',
        page: '2',
        size: '50',
      },
    ]);
    expect(screen.getByText('51–60 of 60')).toBeVisible();
    expect(
      screen.getByRole('columnheader', { name: 'Pipeline' }),
    ).toHaveAttribute('aria-sort', 'descending');
  });

  it('counts grades and compliance over the same filters, and lists exactly what was counted', async () => {
    server.answers('/pipelines', aPage([aPipeline()]));
    renderPage('/pipeline-posture?platform=azure-devops');
    const grades = await screen.findByRole('list', { name: 'Grades' });
    await userEvent.click(
      within(grades).getByRole('button', { name: /Weak 2 \(50%\)/ }),
    );
    await waitFor(() =>
      expect(lists().at(-1)).toMatchObject({
        grade: 'D',
        provider: 'azure-devops',
      }),
    );
    expect(server.asked()).toContain('/summary?provider=azure-devops');
    expect(server.asked()).toContain('/summary?grade=D&provider=azure-devops');
  });

  it('leads from a control that fails to the pipelines in which it fails', async () => {
    server.answers('/pipelines', aPage([aPipeline()]));
    renderPage();
    const controls = await screen.findByRole('list', {
      name: 'Controls that fail most often',
    });
    await userEvent.click(
      await within(controls).findByRole('button', {
        name: 'No identity of the pipeline is an administrator 2 (50%)',
      }),
    );
    await waitFor(() =>
      expect(lists().at(-1)).toMatchObject({
        control: 'identity-is-not-admin',
        status: 'fail',
      }),
    );
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Remove the filter Control: No identity of the pipeline is an administrator, Failing',
      }),
    );
    await waitFor(() => expect(lists().at(-1)).not.toHaveProperty('control'));
    await waitFor(() => expect(screen.getByText('1 pipeline')).toHaveFocus());
  });

  it('has the server sort, by one request', async () => {
    server.answers('/pipelines', aPage([aPipeline()]));
    renderPage();
    await screen.findByRole('row', { name: /payments-deploy/ });
    await userEvent.click(screen.getByRole('columnheader', { name: 'Grade' }));
    await waitFor(() => expect(lists()).toHaveLength(2));
    expect(lists()[1]).toMatchObject({ sort: 'grade', order: 'asc' });
  });

  it('has the server page', async () => {
    server.answers('/pipelines', aPage([aPipeline()], 60));
    renderPage();
    await screen.findByRole('row', { name: /payments-deploy/ });
    await userEvent.click(screen.getByRole('button', { name: /next/i }));
    await waitFor(() => expect(lists()).toHaveLength(2));
    expect(lists()[1]).toMatchObject({ page: '2' });
  });

  it('asks once for what was typed, when the typing stops, and goes back to the first page', async () => {
    server.answers('/pipelines', aPage([aPipeline()], 60));
    renderPage('/pipeline-posture?page=2');
    await screen.findByRole('row', { name: /payments-deploy/ });
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search pipelines' }),
      'vault',
    );
    await waitFor(() => expect(lists()).toHaveLength(2));
    expect(lists()[1]).toMatchObject({ text: 'vault', page: '1' });
  });

  it('says how many there are where filters leave none, and clears them', async () => {
    server.answers('/pipelines', url =>
      url.searchParams.has('grade') ? aPage([]) : aPage([aPipeline()], 18),
    );
    renderPage('/pipeline-posture?grade=F');
    expect(
      await screen.findByText('No pipelines match these filters'),
    ).toBeVisible();
    expect(
      await screen.findByText('18 pipelines exist without filters.'),
    ).toBeVisible();
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Clear filters' })[0],
    );
    expect(
      await screen.findByRole('row', { name: /payments-deploy/ }),
    ).toBeVisible();
    expect(screen.getByText('18 pipelines')).toHaveFocus();
  });

  it('keeps the pipeline that was opened while a search was not asked yet', async () => {
    server.answers('/pipelines', aPage([aPipeline()]));
    server.answers('/pipelines/:id', aDetail());
    renderPage();
    const row = await screen.findByRole('row', { name: /payments-deploy/ });
    fireEvent.change(
      screen.getByRole('searchbox', { name: 'Search pipelines' }),
      { target: { value: 'pay' } },
    );
    fireEvent.click(row);
    await screen.findByRole('dialog', { name: 'payments-deploy' });
    await waitFor(() => expect(lists().at(-1)).toMatchObject({ text: 'pay' }));
    expect(
      screen.getByRole('dialog', { name: 'payments-deploy' }),
    ).toBeVisible();
  });

  it('says that nothing was collected yet', async () => {
    server.answers('/pipelines', aPage([]));
    renderPage();
    expect(await screen.findByText('No pipelines collected yet')).toBeVisible();
    expect(
      screen.getByText('Set up at least one source to begin.'),
    ).toBeVisible();
  });

  it('ignores filters that it does not know, and says which', async () => {
    server.answers('/pipelines', aPage([aPipeline()]));
    renderPage('/pipeline-posture?grade=Z&size=9000');
    expect(
      await screen.findByText(
        'We ignored a filter we do not know: grade=Z, size=9000.',
      ),
    ).toBeVisible();
    expect(lists()[0]).toMatchObject({ size: '25' });
  });

  it('keeps the list where the server stops answering', async () => {
    server.answers('/pipelines', aPage([aPipeline()], 60));
    renderPage();
    await screen.findByRole('row', { name: /payments-deploy/ });
    server.refuses('/pipelines', 504, 'Error');
    await userEvent.click(screen.getByRole('button', { name: /next/i }));
    expect(await screen.findByText('No answer from the server')).toBeVisible();
    expect(screen.getByText('Your filters are kept.')).toBeVisible();
    expect(screen.queryByText('60 pipelines')).not.toBeInTheDocument();
    expect(screen.getByRole('row', { name: /payments-deploy/ })).toBeVisible();
  });

  it('opens a pipeline beside the list with its controls, stages and identities', async () => {
    server.answers('/pipelines', aPage([aPipeline()]));
    server.answers('/pipelines/:id', aDetail());
    renderPage();
    await userEvent.click(
      await screen.findByRole('row', { name: /payments-deploy/ }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'payments-deploy',
    });
    expect(
      within(dialog).getByRole('link', { name: /Open in Azure DevOps/ }),
    ).toHaveAttribute(
      'href',
      'https://dev.azure.com/contoso/Payments/_build?definitionId=101',
    );
    expect(dialog).toHaveTextContent('Deploys to production');
    expect(
      within(dialog).getByRole('row', {
        name: /Production.*Approval by Release/,
      }),
    ).toBeVisible();
    expect(
      within(dialog).getByRole('row', { name: /prod-arm.*secret.*3/ }),
    ).toBeVisible();
    await userEvent.click(
      within(dialog).getByRole('button', {
        name: /No identity of the pipeline is an administrator/,
      }),
    );
    expect(within(dialog).getByText('Why it matters')).toBeVisible();
  });

  it('opens a pipeline by its address and closes it by Escape', async () => {
    server.answers('/pipelines', aPage([aPipeline()]));
    server.answers('/pipelines/:id', aDetail());
    renderPage(`/pipeline-posture?pipeline=${encodeURIComponent(deployId)}`);
    await screen.findByRole('dialog', { name: 'payments-deploy' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('does not tell a hidden pipeline from a missing one', async () => {
    server.answers('/pipelines', aPage([aPipeline()]));
    server.refuses('/pipelines/:id', 404, 'NotFoundError');
    renderPage(`/pipeline-posture?pipeline=${encodeURIComponent(deployId)}`);
    expect(
      await screen.findByText('It does not exist, or you do not have access.'),
    ).toBeVisible();
  });
});
