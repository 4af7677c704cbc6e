import { RunStore } from '../store/RunStore';
import { LeaseLostError, ScopeStore } from '../store/ScopeStore';
import { StoredScope } from '../store/scopeRows';

/** How often a run looks whether somebody wants it to end. */
const LOOK_MS = 1000;

/** What watches over a run while it works. */
export interface RunGuard {
  /** Ends the run: the backend's end, the loss of the lease, or somebody's wish. */
  signal: AbortSignal;
  /** Whether it was somebody's wish. */
  stopped(): boolean;
  /** The run is over. */
  end(): void;
}

/** Renews the lease while a run works, and ends the run when the lease is lost or somebody stops it. */
export function guardRun(options: {
  scope: StoredScope;
  runId: string;
  /** Holder of the lease; without it there is none to renew. */
  owner?: string;
  signal: AbortSignal;
  scopes: ScopeStore;
  runs: RunStore;
  leaseMs: number;
  now: () => Date;
}): RunGuard {
  const { scope, runId, owner, scopes, runs, leaseMs, now } = options;
  const ended = new AbortController();
  let stopped = false;
  const renew = () => {
    const until = new Date(now().getTime() + leaseMs);
    scopes.renew(scope.key, owner ?? '', until).catch(reason => {
      if (reason instanceof LeaseLostError) ended.abort(reason);
    });
  };
  const look = async () => {
    // A database that does not answer now will be asked again.
    const wished = await runs.isStopRequested(runId).catch(() => false);
    if (!wished) return;
    stopped = true;
    ended.abort(new Error('The run was stopped'));
  };
  const timers = [
    setInterval(look, LOOK_MS),
    ...(owner ? [setInterval(renew, leaseMs / 3)] : []),
  ];
  timers.forEach(timer => timer.unref());
  return {
    signal: AbortSignal.any([options.signal, ended.signal]),
    stopped: () => stopped,
    end: () => timers.forEach(timer => clearInterval(timer)),
  };
}
