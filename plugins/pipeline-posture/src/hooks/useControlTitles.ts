import { useApi } from '@backstage/core-plugin-api';
import { useMemo } from 'react';
import { pipelinePostureApiRef } from '../api';
import { useAnswer } from './useAnswer';

/** Titles of all controls by their ids; empty until they are known. */
export function useControlTitles(): ReadonlyMap<string, string> {
  const api = useApi(pipelinePostureApiRef);
  const { value } = useAnswer('controls', signal =>
    api.listControls({ signal }),
  );
  return useMemo(
    () => new Map(value?.map(({ id, title }) => [id, title])),
    [value],
  );
}
