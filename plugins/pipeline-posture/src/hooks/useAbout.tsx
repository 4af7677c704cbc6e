import { useApi } from '@backstage/core-plugin-api';
import { AboutPosture } from 'backstage-plugin-pipeline-posture-common';
import { createContext, ReactNode, useContext } from 'react';
import { pipelinePostureApiRef } from '../api';
import { useAnswer } from './useAnswer';
import { useAsOf } from './useAsOf';

const Context = createContext<AboutPosture | undefined>(undefined);
const Reload = createContext<() => void>(() => {});

/** Asks once, for all parts of a screen, what this installation is like and what the viewer may do. */
export function AboutProvider({ children }: { children: ReactNode }) {
  const api = useApi(pipelinePostureApiRef);
  const { value, reload } = useAnswer(
    'about',
    signal => api.getAbout({ signal }),
    { keep: true },
  );
  return (
    <Reload.Provider value={reload}>
      <Context.Provider value={value}>{children}</Context.Provider>
    </Reload.Provider>
  );
}

/** Asks again, after something has changed that it counts. */
export const useReloadAbout = () => useContext(Reload);

/** What this installation is like; undefined until it is known. */
export const useAbout = () => useContext(Context);

const NOTHING: AboutPosture['may'] = {
  seeEvidence: false,
  seeCollector: false,
  runCollector: false,
  export: false,
  requestExemption: false,
  approveExemption: false,
  revokeExemption: false,
};

/** What the viewer may do. In a view of the past nothing can be changed. */
export function useMay(): AboutPosture['may'] {
  const about = useAbout();
  const { asOf } = useAsOf();
  const may = about?.may ?? NOTHING;
  if (!asOf) return may;
  return {
    ...NOTHING,
    seeEvidence: may.seeEvidence,
    seeCollector: may.seeCollector,
    export: may.export,
  };
}
