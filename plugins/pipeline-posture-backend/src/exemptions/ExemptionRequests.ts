import {
  AuditorService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { ExemptionRequest } from 'backstage-plugin-pipeline-posture-common';
import express from 'express';
import { Callers } from '../api/Callers';
import { PipelineDetailService } from '../api/PipelineDetailService';
import { parsePipelineId } from '../api/requests';
import { ExemptionService } from './ExemptionService';
import { StoredExemption } from './exemptionRows';

/** Requests of people, from the API and from assistants alike: what they may not see stays hidden, and all is audited. */
export class ExemptionRequests {
  readonly #auditor: AuditorService;
  readonly #callers: Callers;
  readonly #exemptions: ExemptionService;
  readonly #details: PipelineDetailService;

  constructor(options: {
    auditor: AuditorService;
    callers: Callers;
    exemptions: ExemptionService;
    details: PipelineDetailService;
  }) {
    this.#auditor = options.auditor;
    this.#callers = options.callers;
    this.#exemptions = options.exemptions;
    this.#details = options.details;
  }

  /**
   * @throws NotFoundError if the target does not exist or the person may not see it
   * @throws NotAllowedError, InputError and ConflictError as {@link ExemptionService.request}
   */
  async request(
    request: ExemptionRequest,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
    by: { request?: express.Request; action?: string } = {},
  ): Promise<StoredExemption> {
    // Who may not see the target must not learn from this that it is there.
    if (request.pipelineId) {
      parsePipelineId(request.pipelineId);
      const viewer = await this.#callers.viewer(credentials);
      await this.#details.mustSee(request.pipelineId, viewer);
    }
    if (request.entityRef)
      await this.#callers.access.entity(request.entityRef, credentials);
    const event = await this.#auditor.createEvent({
      eventId: 'exemption-request',
      severityLevel: 'medium',
      ...(by.request && { request: by.request }),
      meta: {
        control: request.controlId,
        pipeline: request.pipelineId,
        entity: request.entityRef,
        requestedBy: credentials.principal.userEntityRef,
        ...(by.action && { action: by.action }),
      },
    });
    try {
      const stored = await this.#exemptions.request(
        request,
        await this.#callers.exemptionRights(credentials),
      );
      await event.success({ meta: { exemption: stored.id } });
      return stored;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}
