export * from './GradeMark';
