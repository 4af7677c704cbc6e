import { FindingInstance } from 'backstage-plugin-pipeline-posture-common';

/**
 * Which controls cannot be decided without which call: found by refusing calls, not by declaring.
 * For the tests of providers.
 *
 * @public
 */
export class ControlsOfCalls {
  readonly #controls = new Map<string, Set<string>>();

  /** Notes that a control became unknown; its instances name the calls that gave no answer. */
  add(controlId: string, instances: readonly FindingInstance[]): void {
    for (const { reason } of instances) {
      if (!reason?.call) continue;
      const known = this.#controls.get(reason.call) ?? new Set();
      this.#controls.set(reason.call, known.add(controlId));
    }
  }

  /** Calls with their controls, both in order. */
  found(): { [call: string]: string[] } {
    return Object.fromEntries(
      [...this.#controls]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([call, controls]) => [call, [...controls].sort()]),
    );
  }
}
