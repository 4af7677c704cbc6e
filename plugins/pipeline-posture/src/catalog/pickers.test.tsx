import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  MockEntityListContextProvider,
} from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { paymentsApi } from '../__testUtils__/postures';
import { EntityPipelineGradeFilter } from './filters';
import {
  EntityPipelineCompliancePicker,
  EntityPipelineGradePicker,
} from './pickers';

const labelled = (name: string, grade: string, compliance: string) => ({
  ...paymentsApi,
  metadata: {
    ...paymentsApi.metadata,
    name,
    labels: {
      'pipeline-posture/grade': grade,
      'pipeline-posture/compliance': compliance,
    },
  },
});

describe('catalog pickers', () => {
  const catalog = catalogApiMock({
    entities: [
      labelled('a', 'F', 'non-compliant'),
      labelled('b', 'not-graded', 'unknown'),
    ],
  });

  it('offer the grades that occur, in words, and filter by the chosen one', async () => {
    const updateFilters = jest.fn();
    renderInTestApp(
      <MockEntityListContextProvider value={{ updateFilters }}>
        <EntityPipelineGradePicker />
      </MockEntityListContextProvider>,
      { apis: [[catalogApiRef, catalog]] },
    );
    await userEvent.click(await screen.findByTitle('Open'));
    expect(
      screen.getAllByRole('option').map(option => option.textContent),
    ).toEqual(['F Critical gaps', 'Not graded']);
    await userEvent.click(screen.getByText('F Critical gaps'));
    await waitFor(() =>
      expect(updateFilters).toHaveBeenLastCalledWith({
        pipelineGrade: expect.any(EntityPipelineGradeFilter),
      }),
    );
  });

  it('offer compliance in words', async () => {
    renderInTestApp(
      <MockEntityListContextProvider>
        <EntityPipelineCompliancePicker />
      </MockEntityListContextProvider>,
      { apis: [[catalogApiRef, catalog]] },
    );
    await userEvent.click(await screen.findByTitle('Open'));
    expect(
      screen.getAllByRole('option').map(option => option.textContent),
    ).toEqual(['Not compliant', 'Compliance unknown']);
  });

  it('are not there where no entity has the label', async () => {
    renderInTestApp(
      <MockEntityListContextProvider>
        <EntityPipelineGradePicker />
      </MockEntityListContextProvider>,
      { apis: [[catalogApiRef, catalogApiMock({ entities: [paymentsApi] })]] },
    );
    expect(screen.queryByText('Pipeline grade')).not.toBeInTheDocument();
  });
});
