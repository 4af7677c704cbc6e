import { UnknownReason } from 'backstage-plugin-pipeline-posture-common';
import {
  CodePipelineReader,
  ListedPipeline,
} from '../client/CodePipelineReader';
import { PipelineDefinition } from './definition';
import { ScopeContext } from './ScopeContext';

/** Raised when the shape of what is kept changes, so that older values are read anew. */
const DEFINITION_FORMAT = 2;

/** The definitions of a scope. */
export interface Definitions {
  read: PipelineDefinition[];
  /** Pipelines that gave no definition, with the reason. */
  unread: Array<{ name: string; reason: UnknownReason }>;
}

/**
 * The definitions of all pipelines. What has the marker of an earlier run comes
 * from there; when one pipeline is asked for, only that one is read anew.
 */
export async function readDefinitions(
  listed: readonly ListedPipeline[],
  { connection, options }: ScopeContext,
): Promise<Definitions> {
  const { checkpoints, only } = options;
  const kept = await checkpoints.list<PipelineDefinition>('definition/');
  const reader = CodePipelineReader.create(connection);
  const result: Definitions = { read: [], unread: [] };
  await Promise.all(
    listed.map(async ({ name, marker: changed }) => {
      const key = `definition/${name}`;
      const marker = `${DEFINITION_FORMAT}:${changed}`;
      const before = kept.get(key);
      if (before?.marker === marker && only?.id !== name) {
        result.read.push(before.value);
        return;
      }
      const definition = await reader.getPipeline(name);
      if (definition.known) {
        await checkpoints.set(key, marker, definition.value);
        result.read.push(definition.value);
      } else if (definition.reason.code !== 'not-found') {
        result.unread.push({ name, reason: definition.reason });
      }
      // One that was deleted since it was listed is simply gone.
    }),
  );
  return result;
}
