import { readFileSync } from 'node:fs';

/** As much of Swagger 2.0 as Microsoft's files use. */
interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  format?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  allOf?: Schema[];
  'x-ms-enum'?: unknown;
}

interface Document {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { schema?: Schema }> }>
  >;
  definitions: Record<string, Schema>;
}

/** One specification file, ready to hold answers against. */
export class Swagger {
  readonly #document: Document;
  readonly #children = new Map<string, string[]>();

  constructor(file: string) {
    this.#document = JSON.parse(
      readFileSync(file, 'utf8').replace(/^\uFEFF/, ''),
    ) as Document;
    for (const [name, { allOf = [] }] of Object.entries(
      this.#document.definitions,
    )) {
      for (const { $ref } of allOf) {
        const base = $ref?.split('/').at(-1);
        if (base)
          this.#children.set(base, [...(this.#children.get(base) ?? []), name]);
      }
    }
  }

  /**
   * Differences between an answer and the schema of its operation.
   *
   * @param path - as the specification spells it
   * @param tolerated - places where a recorded answer differs from the specification, which then wins
   */
  differences(
    path: string,
    method: string,
    body: unknown,
    tolerated: RegExp[],
  ): string[] {
    const operation = this.#document.paths[path]?.[method.toLowerCase()];
    if (!operation) return [`${method} ${path} is not in the specification`];
    const { schema } = operation.responses['200'] ?? {};
    if (!schema) return [];
    const found: string[] = [];
    // Lists come in an envelope that the specification leaves out.
    const listed =
      schema.type === 'array' && !Array.isArray(body)
        ? (body as { value: unknown }).value
        : body;
    this.#compare(schema, listed, '', found);
    return found.filter(each => !tolerated.some(pattern => pattern.test(each)));
  }

  #named(reference: string): [string, Schema] {
    const name = reference.split('/').at(-1) as string;
    return [name, this.#document.definitions[name] ?? {}];
  }

  /** Properties of a definition with those of what it extends, and of what extends it; one name may have several schemas. */
  #properties(
    schema: Schema,
    name: string | undefined,
    all: Record<string, Schema[]> = {},
    seen = new Set<string>(),
  ): Record<string, Schema[]> {
    for (const [key, each] of Object.entries(schema.properties ?? {})) {
      all[key] = [...(all[key] ?? []), each];
    }
    for (const part of schema.allOf ?? []) {
      const [base, definition] = part.$ref
        ? this.#named(part.$ref)
        : [undefined, part];
      // What else extends the same base says nothing about this one.
      if (!base || !seen.has(base))
        this.#properties(definition, undefined, all, seen);
    }
    for (const child of (name && this.#children.get(name)) || []) {
      if (seen.has(child)) continue;
      seen.add(child);
      this.#properties(this.#document.definitions[child], child, all, seen);
    }
    return all;
  }

  #compare(schema: Schema, value: unknown, at: string, found: string[]): void {
    // Azure DevOps writes null for anything that is not there.
    if (value === null || value === undefined) return;
    if (schema.$ref) {
      const [name, definition] = this.#named(schema.$ref);
      this.#compareNamed(definition, name, value, at, found);
      return;
    }
    this.#compareNamed(schema, undefined, value, at, found);
  }

  /** One schema of several must fit. */
  #compareAny(
    schemas: Schema[],
    value: unknown,
    at: string,
    found: string[],
  ): void {
    const attempts = schemas.map(schema => {
      const problems: string[] = [];
      this.#compare(schema, value, at, problems);
      return problems;
    });
    found.push(
      ...attempts.reduce((best, each) =>
        each.length < best.length ? each : best,
      ),
    );
  }

  #compareNamed(
    schema: Schema,
    name: string | undefined,
    value: unknown,
    at: string,
    found: string[],
  ): void {
    if (value === null || value === undefined) return;
    if (schema.enum) {
      if (!schema.enum.map(String).includes(String(value)))
        found.push(
          `${at}: ${JSON.stringify(value)} is none of ${schema.enum.join(
            ', ',
          )}`,
        );
      return;
    }
    const actual = Array.isArray(value) ? 'array' : typeof value;
    if (schema.type === 'array') {
      if (actual !== 'array') found.push(`${at}: ${actual} in place of a list`);
      else
        (value as unknown[]).forEach((each, index) =>
          this.#compare(schema.items ?? {}, each, `${at}[${index}]`, found),
        );
      return;
    }
    const primitive = {
      string: 'string',
      integer: 'number',
      number: 'number',
      boolean: 'boolean',
    }[schema.type ?? ''];
    if (primitive) {
      if (actual !== primitive)
        found.push(`${at}: ${actual} in place of ${schema.type}`);
      return;
    }
    // Links and settings hold whatever their owner puts there.
    if (actual !== 'object' || name === 'ReferenceLinks' || name === 'JObject')
      return;
    const properties = this.#properties(schema, name);
    const free = schema.additionalProperties;
    // A type without any property is one of those whose content depends.
    if (Object.keys(properties).length === 0 && !free) return;
    for (const [key, each] of Object.entries(value as object)) {
      if (properties[key])
        this.#compareAny(properties[key], each, `${at}.${key}`, found);
      else if (typeof free === 'object')
        this.#compare(free, each, `${at}.${key}`, found);
      else if (!free)
        found.push(`${at}.${key}: no such property in ${name ?? 'the schema'}`);
    }
  }
}
