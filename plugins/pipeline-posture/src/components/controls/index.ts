export * from './ControlPage';
export * from './ControlsView';
