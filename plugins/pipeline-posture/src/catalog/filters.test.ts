import {
  EntityPipelineComplianceFilter,
  EntityPipelineGradeFilter,
} from './filters';

const entity = (labels?: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'payments-api', labels },
});

describe('catalog filters', () => {
  it('have the catalog filter by the label, so that paging holds', () => {
    expect(
      new EntityPipelineComplianceFilter([
        'non-compliant',
        'unknown',
      ]).getCatalogFilters(),
    ).toEqual({
      'metadata.labels.pipeline-posture/compliance': [
        'non-compliant',
        'unknown',
      ],
    });
    expect(new EntityPipelineGradeFilter(['F']).getCatalogFilters()).toEqual({
      'metadata.labels.pipeline-posture/grade': ['F'],
    });
  });

  it('stand in the address by their values', () => {
    expect(new EntityPipelineGradeFilter(['D', 'F']).toQueryValue()).toEqual([
      'D',
      'F',
    ]);
  });

  it('leave out entities without the label', () => {
    const filter = new EntityPipelineGradeFilter(['F']);
    expect(filter.filterEntity(entity({ 'pipeline-posture/grade': 'F' }))).toBe(
      true,
    );
    expect(filter.filterEntity(entity({ 'pipeline-posture/grade': 'A' }))).toBe(
      false,
    );
    expect(filter.filterEntity(entity())).toBe(false);
  });
});
