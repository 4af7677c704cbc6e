export * from './ExemptionsView';
export * from './RequestExemption';
