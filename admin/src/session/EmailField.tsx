import { TextField } from '@mui/material';
import { useSay } from '../words/words.ts';

export interface EmailProps {
  readonly email: string;
  readonly setEmail: (email: string) => void;
}

export function EmailField({ email, setEmail }: EmailProps) {
  const say = useSay();
  return (
    <TextField
      label={say('E-mail')}
      type="email"
      autoComplete="username"
      autoFocus={email === ''}
      required
      value={email}
      onChange={(event) => setEmail(event.target.value)}
      slotProps={{ htmlInput: { spellCheck: false, maxLength: 254 } }}
    />
  );
}
