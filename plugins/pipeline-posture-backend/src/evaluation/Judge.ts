import {
  PipelineSnapshot,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { SharingJoiner } from '../collector/SharingJoiner';
import { ExemptionStore } from '../exemptions/ExemptionStore';
import { PipelineStore } from '../store/PipelineStore';
import { PostureAssessor } from './PostureAssessor';
import { Assessment, ExemptControls } from './assessment';

/** A snapshot as it was judged, with pipelines elsewhere that share its identities. */
export interface Judged {
  joined: PipelineSnapshot;
  assessment: Assessment;
  /** What was tolerated of it at that time. */
  tolerated?: ExemptControls;
}

/** Judges snapshots with everything around them: sharing, what was known before, exemptions. */
export class Judge {
  readonly #joiner: SharingJoiner;
  readonly #pipelines: PipelineStore;
  readonly #exemptions: ExemptionStore;
  readonly #assessor: PostureAssessor;

  constructor(options: {
    joiner: SharingJoiner;
    pipelines: PipelineStore;
    exemptions: ExemptionStore;
    assessor: PostureAssessor;
  }) {
    this.#joiner = options.joiner;
    this.#pipelines = options.pipelines;
    this.#exemptions = options.exemptions;
    this.#assessor = options.assessor;
  }

  /** @returns one result for each snapshot, in their order */
  async judge(
    snapshots: readonly PipelineSnapshot[],
    now: Date,
  ): Promise<Judged[]> {
    const ids = snapshots.map(snapshot => stringifyPipelineRef(snapshot.ref));
    const joined = await this.#joiner.join(snapshots);
    const previous = await this.#pipelines.previous(ids);
    const exempt = await this.#exemptions.covering(ids, now);
    return joined.map((snapshot, i) => ({
      joined: snapshot,
      assessment: this.#assessor.assess(
        snapshot,
        previous.get(ids[i]),
        now,
        exempt.get(ids[i]),
      ),
      tolerated: exempt.get(ids[i]),
    }));
  }
}
