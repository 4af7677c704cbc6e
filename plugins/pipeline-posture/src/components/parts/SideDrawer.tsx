import Drawer from '@material-ui/core/Drawer';
import { makeStyles } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { ReactNode } from 'react';
import { Root } from './Root';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 720,
    maxWidth: '100%',
    boxSizing: 'border-box',
    padding: theme.spacing(3),
    background: 'var(--bui-bg-app)',
    [theme.breakpoints.down('sm')]: {
      width: '100%',
      padding: theme.spacing(2),
    },
  },
}));

/** Something beside a list, over the page: holds the focus, and Escape closes it. */
export function SideDrawer(props: {
  open: boolean;
  /** Id of the heading inside. */
  labelledBy: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const classes = useStyles();
  const still = useMediaQuery('(prefers-reduced-motion: reduce)', {
    noSsr: true,
  });
  return (
    <Drawer
      anchor="right"
      open={props.open}
      onClose={props.onClose}
      transitionDuration={still ? 0 : undefined}
      PaperProps={{
        className: classes.paper,
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': props.labelledBy,
      }}
    >
      <Root>{props.children}</Root>
    </Drawer>
  );
}
