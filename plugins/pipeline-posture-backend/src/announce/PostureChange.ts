import {
  ChangeCause,
  Compliance,
  Grade,
} from 'backstage-plugin-pipeline-posture-common';

/** What a write changed in a pipeline, for those who want to know. */
export interface PostureChange {
  /** The entry in the ledger: who hears of it twice can tell. */
  eventId: string;
  pipelineId: string;
  pipelineName: string;
  causes: ChangeCause[];
  before?: { compliance: Compliance; grade: Grade; score: number };
  after: { compliance: Compliance; grade: Grade; score: number };
  /** Critical controls that fail now and did not before. */
  newCritical: string[];
}
