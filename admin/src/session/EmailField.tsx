import { TextField } from '@mui/material';

export interface EmailProps {
  readonly email: string;
  readonly setEmail: (email: string) => void;
}

export function EmailField({ email, setEmail }: EmailProps) {
  return (
    <TextField
      label="E-mail"
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
