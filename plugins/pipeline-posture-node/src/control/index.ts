export * from './defineControl';
export * from './evaluate';
export * from './snapshots';
export * from './types';
export * from './verdicts';
export * from './judgeAlerts';
