import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useCallback, useEffect, useId, useState } from 'react';
import { useDataProvider, useLogout, useLogoutIfAccessDenied } from 'react-admin';
import { isAtWork } from '../live/activity.ts';
import type { BackOffice } from '../provider/dataProvider.ts';
import { sessionsDocument } from '../staff/acts.ts';
import { useSay } from '../words/words.ts';

const LOOK_MS = 20_000;
const WARN_MS = 5 * 60_000;

/** Says before a session ends that it will; when it has ended, one signs in and is back at the same place. */
export function SessionWatch() {
  const say = useSay();
  const id = useId();
  const provider = useDataProvider<BackOffice>();
  const signOutIfOver = useLogoutIfAccessDenied();
  const signOut = useLogout();
  const [endsAt, setEndsAt] = useState<number>();
  const [now, setNow] = useState(Date.now);
  /** The end that one was told of and took note of. */
  const [noted, setNoted] = useState<number>();

  const read = useCallback(async () => {
    try {
      const { sessions } = await provider.ask(sessionsDocument, {});
      const own = sessions.find(({ isThisOne }) => isThisOne);
      if (own) setEndsAt(Date.parse(own.endsAt));
    } catch (error) {
      await signOutIfOver(error);
    }
  }, [provider, signOutIfOver]);

  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
      // Work has moved the end on since; near it one looks whether it has.
      if (endsAt === undefined || endsAt - Date.now() < WARN_MS) void read();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [endsAt, read]);

  const left = endsAt === undefined ? undefined : endsAt - now;
  if (left === undefined || left > WARN_MS || noted === endsAt || isAtWork()) return null;
  return (
    <Dialog open aria-labelledby={id}>
      <DialogTitle id={id}>{say('Are you still there?')}</DialogTitle>
      <DialogContent>
        {say(
          'Your session ends in about 1 minute. What you have written is kept. |||| Your session ends in about %{smart_count} minutes. What you have written is kept.',
          {
            smart_count: Math.max(1, Math.ceil(left / 60_000)),
          },
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={() => void signOut()}>{say('Sign out')}</Button>
        <Button
          variant="contained"
          autoFocus
          onClick={() => {
            setNoted(endsAt);
            void read();
          }}
        >
          {say('Stay signed in')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
