export * from './CodeBlock';
export * from './CopyButton';
export * from './EmptyPanel';
export * from './ExternalLink';
export * from './Panel';
export * from './Root';
export * from './Scroll';
export * from './Waiting';
