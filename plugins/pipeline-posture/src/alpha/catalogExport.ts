import { CatalogExportConfigBlueprint } from '@backstage/plugin-catalog/alpha';
import {
  COMPLIANCE_LABEL,
  GRADE_LABEL,
} from 'backstage-plugin-pipeline-posture-common';

/** The columns of the catalog's own export, with the two labels. Titles are English: files are read by programs. @alpha */
export const pipelineCatalogExport = CatalogExportConfigBlueprint.make({
  params: {
    columns: [
      { entityFilterKey: 'metadata.name', title: 'Name' },
      { entityFilterKey: 'spec.type', title: 'Type' },
      { entityFilterKey: 'spec.owner', title: 'Owner' },
      { entityFilterKey: 'metadata.description', title: 'Description' },
      {
        entityFilterKey: `metadata.labels.${GRADE_LABEL}`,
        title: 'Pipeline grade',
      },
      {
        entityFilterKey: `metadata.labels.${COMPLIANCE_LABEL}`,
        title: 'Pipeline compliance',
      },
    ],
  },
});
