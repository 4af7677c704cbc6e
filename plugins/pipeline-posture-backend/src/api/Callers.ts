import {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  pipelinePostureCollectorReadPermission,
  pipelinePostureCollectorRunPermission,
  pipelinePostureEvidenceReadPermission,
  pipelinePostureExemptionApprovePermission,
  pipelinePostureExemptionCreatePermission,
  pipelinePostureExemptionRevokePermission,
} from 'backstage-plugin-pipeline-posture-common';
import express from 'express';
import { EntityAccess } from '../access/EntityAccess';
import { has } from '../access/rights';
import { ExemptionRights } from '../exemptions/ExemptionService';
import { Abilities } from './views';
import { Viewer } from '../fleet/FleetView';

/** Who calls, and what they may see and do. */
export class Callers {
  readonly access: EntityAccess;
  readonly permissions: PermissionsService;
  readonly #httpAuth: HttpAuthService;

  constructor(options: {
    access: EntityAccess;
    permissions: PermissionsService;
    httpAuth: HttpAuthService;
  }) {
    this.access = options.access;
    this.permissions = options.permissions;
    this.#httpAuth = options.httpAuth;
  }

  /** @throws AuthenticationError without valid credentials */
  of(
    req: express.Request,
    allow: Array<'user' | 'service'> = ['user', 'service'],
  ): Promise<BackstageCredentials> {
    return this.#httpAuth.credentials(req, { allow });
  }

  async abilities(credentials: BackstageCredentials): Promise<Abilities> {
    return {
      seeEvidence: await has(
        this.permissions,
        pipelinePostureEvidenceReadPermission,
        credentials,
      ),
      checkAgain: await has(
        this.permissions,
        pipelinePostureCollectorRunPermission,
        credentials,
      ),
    };
  }

  async viewer(credentials: BackstageCredentials): Promise<Viewer> {
    return {
      visible: await this.access.visible(credentials),
      unlinked: await has(
        this.permissions,
        pipelinePostureCollectorReadPermission,
        credentials,
      ),
      evidence: await has(
        this.permissions,
        pipelinePostureEvidenceReadPermission,
        credentials,
      ),
    };
  }

  async exemptionRights(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<ExemptionRights> {
    return {
      user: credentials.principal.userEntityRef,
      create: await has(
        this.permissions,
        pipelinePostureExemptionCreatePermission,
        credentials,
      ),
      approve: await has(
        this.permissions,
        pipelinePostureExemptionApprovePermission,
        credentials,
      ),
      revoke: await has(
        this.permissions,
        pipelinePostureExemptionRevokePermission,
        credentials,
      ),
    };
  }
}
