export type ImportKind = 'orders' | 'products';
export type ImportStatus = 'uploaded' | 'running' | 'done' | 'failed' | 'cancelled';

/** A column of a file, and what is read from it; null: nothing. */
export interface ImportColumn {
  readonly name: string;
  readonly field: string | null;
}

/** How a file is read. */
export interface ImportSettings {
  readonly format: string;
  /** As the Encoding Standard names it. */
  readonly encoding: string;
  /** What stands between the cells of a table; null: the format has no such thing. */
  readonly delimiter: string | null;
  readonly columns: readonly ImportColumn[];
  /** The file has all products of its feed: those that it does not name are gone. */
  readonly complete: boolean;
}

/** A file of facts, and how far it is taken in. */
export interface Import {
  readonly id: string;
  readonly organizationId: string;
  readonly programId: string;
  readonly kind: ImportKind;
  /** Of the file or the feed. */
  readonly name: string;
  /** The address that it was fetched from; null: it was handed in. */
  readonly source: string | null;
  readonly status: ImportStatus;
  readonly bytes: number;
  readonly settings: ImportSettings | null;
  readonly bytesRead: number;
  /** Rows after the header, those that are empty not counted. */
  readonly rowsRead: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly refused: number;
  readonly failure: string | null;
  readonly uploadedAt: Date;
  readonly uploadedBy: string;
  readonly startedAt: Date | null;
  readonly startedBy: string | null;
  readonly endedAt: Date | null;
}

/** Why a row was turned away. */
export interface ImportRefusal {
  readonly line: number;
  readonly place: number;
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
  readonly cells: readonly string[];
}

export const IMPORT_COLUMNS = `i.id, i.organization_id as "organizationId", i.program_id as "programId", i.kind, i.name, i.source, i.status, i.bytes, i.settings,
  i.bytes_read as "bytesRead", i.rows_read as "rowsRead", i.accepted, i.repeated, i.refused, i.failure, i.uploaded_at as "uploadedAt",
  i.uploaded_by as "uploadedBy", i.started_at as "startedAt", i.started_by as "startedBy", i.ended_at as "endedAt"`;

export const REFUSAL_COLUMNS = 'r.line, r.place, r.field, r.code, r.message, r.fields, r.cells';
