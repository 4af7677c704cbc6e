import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/**
 * To see posture and findings of an entity. On top of reading the entity itself.
 *
 * @public
 */
export const pipelinePostureFindingReadPermission = createPermission({
  name: 'pipelinePosture.finding.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * To see the evidence behind findings.
 *
 * @public
 */
export const pipelinePostureEvidenceReadPermission = createPermission({
  name: 'pipelinePosture.evidence.read',
  attributes: { action: 'read' },
});

/**
 * To see sources, runs, their problems, and pipelines that belong to no entity.
 *
 * @public
 */
export const pipelinePostureCollectorReadPermission = createPermission({
  name: 'pipelinePosture.collector.read',
  attributes: { action: 'read' },
});

/**
 * To have pipelines read again before they are due.
 *
 * @public
 */
export const pipelinePostureCollectorRunPermission = createPermission({
  name: 'pipelinePosture.collector.run',
  attributes: { action: 'update' },
});

/**
 * To ask that a finding is tolerated for a time.
 *
 * @public
 */
export const pipelinePostureExemptionCreatePermission = createPermission({
  name: 'pipelinePosture.exemption.create',
  attributes: { action: 'create' },
});

/**
 * To approve or reject requests of others.
 *
 * @public
 */
export const pipelinePostureExemptionApprovePermission = createPermission({
  name: 'pipelinePosture.exemption.approve',
  attributes: { action: 'update' },
});

/**
 * To end exemptions before their time.
 *
 * @public
 */
export const pipelinePostureExemptionRevokePermission = createPermission({
  name: 'pipelinePosture.exemption.revoke',
  attributes: { action: 'update' },
});

/**
 * To take lists out as files.
 *
 * @public
 */
export const pipelinePostureReportExportPermission = createPermission({
  name: 'pipelinePosture.report.export',
  attributes: { action: 'read' },
});

/**
 * All permissions of the plugin.
 *
 * @public
 */
export const pipelinePosturePermissions = [
  pipelinePostureFindingReadPermission,
  pipelinePostureEvidenceReadPermission,
  pipelinePostureCollectorReadPermission,
  pipelinePostureCollectorRunPermission,
  pipelinePostureExemptionCreatePermission,
  pipelinePostureExemptionApprovePermission,
  pipelinePostureExemptionRevokePermission,
  pipelinePostureReportExportPermission,
];
