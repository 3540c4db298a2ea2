import { Box, Typography } from '@mui/material';
import { useListContext } from 'react-admin';
import { useAct } from '../provider/useAsk.ts';
import { ListPage } from '../ui/ListPage.tsx';
import { PublishButton, useListedProgram } from '../ui/PublishButton.tsx';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { type NewsRecord, publishNews } from './source.ts';

/** What affiliates of a program were told, the last first; it is read here as they read it. */
export function NewsList() {
  return (
    <ListPage
      title="News"
      sort={{ field: 'id', order: 'DESC' }}
      beside={<Publish />}
      isOfOneProgram
      empty="Nothing was published yet. What you publish all affiliates of the program read, by mail too if you wish."
      table={<Items />}
      small={<Items />}
    />
  );
}

function Publish() {
  const say = useSay();
  const run = useAct();
  const program = useListedProgram();
  if (program === '') return null;
  return (
    <PublishButton
      program={program}
      label="Publish news"
      intro={say('What is published stays as it is.')}
      fields={[
        { name: 'title', label: 'Title', required: true },
        { name: 'body', label: 'Words', kind: 'long', rows: 8, required: true, help: 'An empty line begins a paragraph' },
        {
          name: 'byMail',
          label: 'Newsletter',
          required: true,
          value: 'no',
          choices: [
            { value: 'no', words: say('not by mail') },
            { value: 'yes', words: say('by mail to all who want that') },
          ],
        },
      ]}
      run={({ title = '', body = '', byMail }) => run(publishNews, { program, title, body, byMail: byMail === 'yes' })}
    />
  );
}

function Items() {
  const { data = [] } = useListContext<NewsRecord>();
  return (
    <Box>
      {data.map(({ id, title, body, publishedAt }) => (
        <Box component="article" key={id} sx={{ p: 2, borderBottom: 1, borderColor: 'divider' }}>
          <Box sx={{ display: 'flex', gap: 2, justifyContent: 'space-between', mb: 0.5 }}>
            <Typography variant="h2">{title}</Typography>
            <Typography variant="body2" color="textSecondary">
              <When at={publishedAt} exact />
            </Typography>
          </Box>
          <Typography variant="body2" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxWidth: 720 }}>
            {body}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
