import { Button, Dialog, DialogTrigger } from '@backstage/ui';
import { useRef, useState } from 'react';
import { useAbout, useMay } from '../../hooks/useAbout';
import { useText } from '../../hooks/useText';
import { RequestDialog } from './RequestDialog';
import { EarlierRequest, RequestTarget } from './requestForm';

/** A drawer around the button takes the focus to itself when the dialog goes; this is after that. */
const FOCUS_BACK_MS = 100;

/** Asks to tolerate a finding for a time, anew or for longer. Nothing for those who may not ask. */
export function RequestExemption(props: {
  target: RequestTarget;
  /** One that has ended, or holds and shall last longer; its words are taken over. */
  before?: EarlierRequest;
  onRequested?: () => void;
  /** Takes the focus after a request, where the button goes away by it. */
  focusAfter?: (opener: HTMLElement | null) => HTMLElement | null | undefined;
}) {
  const t = useText();
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const { before, focusAfter, onRequested } = props;
  const requested = useRef<HTMLElement | null>();
  const show = (shown: boolean) => {
    setOpen(shown);
    if (shown) return;
    const place = requested.current;
    requested.current = undefined;
    setTimeout(() => (place ?? opener.current)?.focus(), FOCUS_BACK_MS);
  };
  const may = useMay();
  const about = useAbout();
  if (!about || !may.requestExemption) return null;
  const again = before?.state === 'active' ? 'extend' : 'request.again';
  return (
    <DialogTrigger isOpen={open} onOpenChange={show}>
      <Button ref={opener} size="small" variant="secondary">
        {t(before ? `exemptions.${again}` : 'exemptions.request.open')}
      </Button>
      <Dialog width="min(36rem, calc(100vw - 2rem))">
        <RequestDialog
          {...props}
          limits={about.exemptions}
          onRequested={() => {
            requested.current = focusAfter?.(opener.current);
            onRequested?.();
          }}
          onClose={() => show(false)}
        />
      </Dialog>
    </DialogTrigger>
  );
}
