export * from './ComplianceMark';
export * from './Flag';
export * from './GradeMark';
export * from './SeverityMark';
export * from './StatusMark';
export * from './When';
export * from './times';
