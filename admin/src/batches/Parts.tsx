import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import { Alert, Box, Button, Typography } from '@mui/material';
import { type ChangeEvent, useRef, useState } from 'react';
import { type HttpError, useRefresh } from 'react-admin';
import { download, upload } from '../api/files.ts';
import { useMay } from '../session/may.ts';
import { Hidden } from '../ui/Hidden.tsx';
import { Section } from '../ui/Section.tsx';
import { SmallTable } from '../ui/SmallTable.tsx';
import { Nothing } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import type { BatchRecord, Part } from './source.ts';

/** What a server says of an answer that was brought. */
interface Applied {
  readonly changed: Readonly<Record<string, number>>;
  readonly problems: readonly { readonly line: string; readonly message: string }[];
}

interface Said {
  readonly words: readonly string[];
  readonly isGood: boolean;
  /** A file that is for the records alone: somebody may be paid twice by it. */
  readonly forRecords?: string;
}

/** Payment files go out here, and what the bank answers comes in. */
export function Parts({ batch }: { readonly batch: BatchRecord }) {
  const say = useSay();
  const may = useMay();
  const refresh = useRefresh();
  const [said, setSaid] = useState<Said>();
  const mayManage = may('BATCH_MANAGE', batch.program.key);
  const answers = [...new Set(batch.parts.flatMap(({ file, answer }) => (file !== null && answer !== null ? [answer] : [])))];

  async function attempt(work: () => Promise<readonly string[] | undefined>) {
    try {
      const words = await work();
      setSaid(words && { words, isGood: true });
      refresh();
    } catch (error) {
      setSaid({ words: [say.said((error as Error).message)], isGood: false });
    }
  }

  async function fetchFile(file: string) {
    try {
      await download(file);
      setSaid(undefined);
    } catch (error) {
      const words = [say.said((error as Error).message)];
      setSaid({ words, isGood: false, ...((error as HttpError).status === 409 && { forRecords: `${file}?again=true` }) });
    }
  }

  function bring(method: string, event: ChangeEvent<HTMLInputElement>) {
    const [file] = event.target.files ?? [];
    event.target.value = '';
    if (!file) return;
    const path = `/payouts/${encodeURIComponent(batch.program.key)}/${encodeURIComponent(batch.name)}/answers/${encodeURIComponent(method)}`;
    void attempt(async () => {
      const { changed, problems } = await upload<Applied>(path, file);
      const counts = Object.entries(changed).map(([status, count]) => `${say.word(status)}: ${count}`);
      return [
        say('%{file} was read', { file: file.name }),
        ...(counts.length > 0 ? counts : [say('It changed nothing')]),
        ...problems.map(({ line, message }) => `${line}: ${say.said(message)}`),
      ];
    });
  }

  return (
    <Section title="Payment files">
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        {said && (
          <Alert severity={said.isGood ? 'success' : 'error'} onClose={() => setSaid(undefined)} closeText={say('Close')}>
            {said.words.map((words) => (
              <div key={words}>{words}</div>
            ))}
            {said.forRecords && (
              <Button size="small" color="inherit" onClick={() => void fetchFile(said.forRecords ?? '')}>
                {say('Download it for the records')}
              </Button>
            )}
          </Alert>
        )}
        {answers.map((answer) => (
          <Typography key={answer} variant="body2" color="textSecondary">
            {say('Results: %{what}', { what: say.said(answer) })}
          </Typography>
        ))}
        <SmallTable
          label="Payment files"
          rows={batch.parts}
          keyOf={({ id }) => id}
          columns={[
            { label: 'Part', isHead: true, cell: ({ number }) => number },
            { label: 'Method', cell: ({ method }) => say.word(method) },
            { label: 'Currency', cell: ({ currency }) => currency },
            { label: 'Status', cell: ({ status, reason }) => `${say.word(status)} ${reason ? say.said(reason) : ''}` },
            {
              label: 'Acts',
              cell: (part) => <PartActs part={part} offered={mayManage} onFetch={(file) => void fetchFile(file)} onBring={bring} />,
            },
          ]}
        />
      </Box>
    </Section>
  );
}

interface PartActsProps {
  readonly part: Part;
  readonly offered: boolean;
  readonly onFetch: (file: string) => void;
  readonly onBring: (method: string, event: ChangeEvent<HTMLInputElement>) => void;
}

function PartActs({ part: { file, method, number }, offered, onFetch, onBring }: PartActsProps) {
  const say = useSay();
  const input = useRef<HTMLInputElement>(null);
  if (!offered || file === null) return <Nothing />;
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      <Button size="small" startIcon={<DownloadIcon />} onClick={() => onFetch(file)}>
        {say('Download')}
        <Hidden> {say('part %{number}', { number })}</Hidden>
      </Button>
      <Button size="small" startIcon={<UploadIcon />} onClick={() => input.current?.click()}>
        {say('Import the results')}
        <Hidden> {say('part %{number}', { number })}</Hidden>
      </Button>
      <input ref={input} type="file" hidden onChange={(event) => onBring(method, event)} />
    </Box>
  );
}
