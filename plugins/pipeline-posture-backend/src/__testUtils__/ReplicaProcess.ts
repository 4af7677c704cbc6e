import { ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { ReplicaCommand, ReplicaNews, ReplicaOrder } from './replicaMain';

/** The real plugin with the real provider of Azure DevOps, in an operating system process of its own. */
export class ReplicaProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #loaded: Promise<unknown>;
  /** When it has sent as many statements to the database as its order says. */
  readonly reached: Promise<unknown>;
  /** When it has done all recurring work once. */
  readonly worked: Promise<unknown>;
  /** What it complained about. */
  complaints = '';
  killed = false;

  constructor() {
    this.#child = fork(join(__dirname, 'replicaMain.ts'), {
      execArgv: [
        '--no-warnings',
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ],
      // Jest's own environment is not that of a backend.
      env: { ...process.env, NODE_ENV: 'production', JEST_WORKER_ID: '' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', text => (this.complaints += text));
    this.#exited = new Promise(done => this.#child.once('exit', () => done()));
    this.#loaded = this.#told('loaded');
    this.reached = this.#told('reached');
    this.worked = this.#told('worked');
  }

  get lives(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts the backend, as soon as its code is loaded. @throws Error if it ended before */
  async start(order: ReplicaOrder): Promise<void> {
    await Promise.race([
      this.#loaded,
      this.#exited.then(() => {
        throw new Error(`The process ended by itself: ${this.complaints}`);
      }),
    ]);
    this.#child.send(order);
  }

  /** Sets its clock, and waits until it has done all recurring work once more. */
  async moveTo(at: number): Promise<void> {
    const worked = this.#told('worked');
    this.#command({ at });
    await worked;
  }

  /** How many statements it has sent to the database. */
  async statements(): Promise<number> {
    const told = this.#told('statements');
    this.#command({ count: true });
    return Number(await told);
  }

  /** Kills it, wherever it is: the operating system does not ask. */
  async kill(): Promise<void> {
    this.killed = true;
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  #command(command: ReplicaCommand): void {
    this.#child.send(command);
  }

  #told(key: keyof ReplicaNews): Promise<unknown> {
    return new Promise(done => {
      this.#child.on('message', (news: ReplicaNews) => {
        if (news[key] !== undefined) done(news[key]);
      });
    });
  }
}

/** Has the next process load its code while the one before it works. */
export class ReplicaProcesses {
  readonly #ready: ReplicaProcess[] = [];
  readonly #all: ReplicaProcess[] = [];
  #ended = false;

  constructor(ahead: number) {
    for (let i = 0; i < ahead; i++) this.#prepare();
  }

  async start(order: ReplicaOrder): Promise<ReplicaProcess> {
    const next = this.#ready.shift() ?? new ReplicaProcess();
    if (!this.#ended) this.#prepare();
    await next.start(order);
    return next;
  }

  /** @throws Error with what it said, if one ended that nobody killed */
  mustLive(): void {
    const dead = this.#all.find(one => !one.lives && !one.killed);
    if (dead) throw new Error(`A process ended by itself: ${dead.complaints}`);
  }

  /** What those said that live. */
  complaints(): string[] {
    return this.#all.filter(one => one.lives).map(one => one.complaints);
  }

  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all(this.#all.map(process => process.kill()));
  }

  #prepare() {
    const process = new ReplicaProcess();
    this.#ready.push(process);
    this.#all.push(process);
  }
}
