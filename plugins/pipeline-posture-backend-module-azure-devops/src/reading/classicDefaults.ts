import { CodeReader } from './CodeReader';
import { CodeReading } from './types';

export const EMPTY: Pick<
  CodeReading,
  'gaps' | 'triggers' | 'parameters' | 'repositories' | 'connections' | 'files'
> = {
  gaps: [],
  triggers: {
    ci: { declared: true, off: true, include: [], exclude: [] },
    pr: { declared: true, off: true, include: [], exclude: [] },
    schedules: 0,
    upstream: 0,
  },
  parameters: [],
  repositories: [],
  connections: [],
  files: [],
};

export const notesOf = ({ sinks, leaks, injections }: CodeReader) => ({
  sinks,
  leaks,
  injections,
});
