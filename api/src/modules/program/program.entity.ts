/** An affiliate program of one organization. What it pays and when stands in its terms. */
export interface Program {
  readonly id: string;
  readonly organizationId: string;
  /** By which callers name it. */
  readonly key: string;
  readonly name: string;
  /** What it pays in. */
  readonly unit: string;
}
