import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { z } from 'zod';
import {
  Authorisation,
  AzureDevOpsClient,
  CallOptions,
} from './AzureDevOpsClient';
import { AzureHost, Operation, OperationName, OPERATIONS } from './operations';
import { Pacer } from './Pacer';
import { malformed } from './refusals';

/** Address of an organisation on each of its hosts. */
export type HostUrls = Record<
  Exclude<AzureHost, 'advancedSecurity'>,
  string
> & {
  /** Not every organisation has it. */
  advancedSecurity?: string;
};

/** Entries of a list, and how many of them made no sense. */
export interface Entries<T> {
  entries: T[];
  broken: number;
}

/** One organisation, over all of its hosts: answers are checked for the shape that is expected of them. */
export class Source {
  /** False where no host for it is known. */
  readonly hasAdvancedSecurity: boolean;
  readonly #clients: Record<AzureHost, AzureDevOpsClient>;

  constructor(options: {
    urls: HostUrls;
    authorisation: Authorisation;
    pacer: Pacer;
    signal?: AbortSignal;
  }) {
    const { urls, ...rest } = options;
    const client = (host: AzureHost) =>
      AzureDevOpsClient.create({ baseUrl: urls[host] ?? urls.core, ...rest });
    this.hasAdvancedSecurity = urls.advancedSecurity !== undefined;
    this.#clients = {
      core: client('core'),
      release: client('release'),
      graph: client('graph'),
      audit: client('audit'),
      advancedSecurity: client('advancedSecurity'),
    };
  }

  #client(name: OperationName): AzureDevOpsClient {
    return this.#clients[OPERATIONS[name].host];
  }

  /** One object of a given shape. */
  async get<T extends z.ZodType>(
    name: OperationName,
    shape: T,
    options?: CallOptions,
  ): Promise<Fact<z.output<T>>> {
    const fact = await this.#client(name).get(name, options);
    if (!fact.known) return fact;
    const parsed = shape.safeParse(fact.value);
    if (parsed.success) return known(parsed.data, fact.evidence);
    return unknown(this.#misshapen(OPERATIONS[name], parsed.error));
  }

  /** Every entry that has the shape; entries that do not are counted. For lists whose entries stand for themselves. */
  async entries<T extends z.ZodType>(
    name: OperationName,
    shape: T,
    options?: CallOptions,
  ): Promise<Fact<Entries<z.output<T>>>> {
    const fact = await this.#client(name).list(name, options);
    if (!fact.known) return fact;
    const parsed = fact.value.map(each => shape.safeParse(each));
    const entries = parsed.flatMap(each => (each.success ? [each.data] : []));
    return known(
      { entries, broken: parsed.length - entries.length },
      fact.evidence,
    );
  }

  /** A whole list of a given shape; one entry that makes no sense makes it unknown. For lists that are judged together. */
  async list<T extends z.ZodType>(
    name: OperationName,
    shape: T,
    options?: CallOptions,
  ): Promise<Fact<Array<z.output<T>>>> {
    const fact = await this.#client(name).list(name, options);
    if (!fact.known) return fact;
    const values: Array<z.output<T>> = [];
    for (const entry of fact.value) {
      const parsed = shape.safeParse(entry);
      if (!parsed.success)
        return unknown(this.#misshapen(OPERATIONS[name], parsed.error));
      values.push(parsed.data);
    }
    return known(values, fact.evidence);
  }

  bytes(name: OperationName, options?: CallOptions): Promise<Fact<Buffer>> {
    return this.#client(name).bytes(name, options);
  }

  #misshapen(operation: Operation, error: z.ZodError) {
    const path = error.issues[0]?.path.join('.') || 'the answer';
    return malformed(operation, `${path} is not what it should be`);
  }
}
