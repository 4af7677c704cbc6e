import { z } from 'zod';

export const text = z.string();

export const nothing = <T extends z.ZodType>(type: T) =>
  type.nullish().transform(value => value ?? undefined);

export const flag = nothing(z.boolean());

export const identityRef = z.object({
  displayName: nothing(text),
  id: nothing(text),
  uniqueName: nothing(text),
  descriptor: nothing(text),
  isContainer: flag,
});

export const variable = z.object({
  value: nothing(text),
  isSecret: flag,
  allowOverride: flag,
});

export const variables = nothing(z.record(text, variable));

const taskReference = z.object({
  id: text,
  versionSpec: nothing(text),
  definitionType: nothing(text),
});

export const classicStep = z.object({
  displayName: nothing(text),
  enabled: flag,
  continueOnError: flag,
  condition: nothing(text),
  task: taskReference,
  inputs: nothing(z.record(text, nothing(text))),
  environment: nothing(z.record(text, nothing(text))),
});

export type ClassicStep = z.output<typeof classicStep>;

export type Variable = z.output<typeof variable>;
