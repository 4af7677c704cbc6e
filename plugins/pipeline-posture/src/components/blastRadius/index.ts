export * from './BlastRadiusView';
