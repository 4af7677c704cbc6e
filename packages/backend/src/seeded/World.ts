import { PipelineSnapshot } from 'backstage-plugin-pipeline-posture-common';
import { Fault } from './faults';

const DAY_MS = 86_400_000;
const LOST_DAYS_AGO = 3;

/** What a test can turn: time, who is signed in, and what the pipelines are like. */
export class World {
  /** The day that the plan of the fleet counts back from. */
  readonly today: Date;
  /** Who signs in next. */
  person = 'owner';
  /** How long each pipeline takes to read, for a run that can be watched. */
  pauseMs = 0;
  /** Further faults by name of a pipeline. */
  readonly variants = new Map<string, Fault>();

  constructor(today: Date) {
    this.today = today;
  }

  /** Whether the account that gets lost is lost at a moment. */
  isLost(at: Date): boolean {
    return at.getTime() >= this.today.getTime() - LOST_DAYS_AGO * DAY_MS;
  }

  /** A snapshot with what a test has changed about it. */
  change(snapshot: PipelineSnapshot): PipelineSnapshot {
    return this.variants.get(snapshot.name)?.(snapshot) ?? snapshot;
  }
}
