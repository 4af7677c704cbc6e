import { AuditorService } from '@backstage/backend-plugin-api';
import { pipelinePostureCollectorRunPermission } from 'backstage-plugin-pipeline-posture-common';
import express from 'express';
import { need } from '../access/rights';
import { IdentityValidator } from '../collector/IdentityValidator';
import { Callers } from './Callers';
import { PipelineDetailService } from './PipelineDetailService';
import { parse, parsePipelineId, validationBody } from './requests';

/** What the route is made of. */
export interface ValidationRoutesOptions {
  auditor: AuditorService;
  callers: Callers;
  details: PipelineDetailService;
  validator: IdentityValidator;
}

/** Lets the source of a pipeline check the policies of one of its identities. It changes no score. */
export function addValidationRoutes(
  router: express.Router,
  { auditor, callers, details, validator }: ValidationRoutesOptions,
): void {
  router.post('/pipelines/:id/policy-validation', async (req, res) => {
    const credentials = await callers.of(req);
    const ref = parsePipelineId(req.params.id);
    const { identityId } = parse(validationBody, req.body);
    await need(
      callers.permissions,
      pipelinePostureCollectorRunPermission,
      credentials,
    );
    // Who may not see a pipeline must not learn from this route that it is there.
    await details.mustSee(req.params.id, await callers.viewer(credentials));
    const event = await auditor.createEvent({
      eventId: 'policy-validation',
      severityLevel: 'low',
      request: req,
      meta: { pipeline: req.params.id, identity: identityId },
    });
    try {
      const validation = await validator.validate(ref, identityId);
      await event.success({ meta: { known: validation.policies.known } });
      res.json(validation);
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  });
}
