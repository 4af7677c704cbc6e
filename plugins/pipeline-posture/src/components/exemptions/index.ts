export * from './ExemptionAddress';
export * from './ExemptionsView';
export * from './RequestExemption';
