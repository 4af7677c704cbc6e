export * from './deploysByScript';
export * from './Ending';
export { runsProgram } from './isRun';
export * from './securityCommands';
export * from './statements';
