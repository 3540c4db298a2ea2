import pg from 'pg';

/**
 * Brings PostgreSQL where it is once it has run for a while: the files of its log are there, and are written anew. Until then each file is
 * made and filled first, and every commit waits for it.
 */
export async function useLog(superuserUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ files: number }>(
      "select (pg_size_bytes(current_setting('min_wal_size')) / pg_size_bytes(current_setting('wal_segment_size')))::int as files",
    );
    for (let file = 0; file < rows[0]!.files; file++) {
      await client.query("select pg_logical_emit_message(false, 'bench', '')");
      await client.query('select pg_switch_wal()');
    }
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}
