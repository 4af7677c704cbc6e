export * from './filters';
export * from './pickers';
export * from './gradeColumn';
