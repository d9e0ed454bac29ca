/** A case as `case show` gives it. */
export type CaseAnswer = {
  readonly name: string
  readonly title: string
  readonly status: string
  readonly openedAt: string
  readonly openedBy: string
  readonly outcome: string | null
  readonly evidence: readonly { what: string; value: string; network: string | null; user: string; at: string }[]
  readonly runs: readonly {
    sequence: number
    operation: string
    reason: string
    declaredAt: string
    sha256: string | null
  }[]
  readonly notes: readonly { text: string; user: string; at: string }[]
  readonly statuses: readonly { status: string; user: string; at: string }[]
  readonly tasks: readonly {
    sequence: number
    text: string
    assignee: string | null
    user: string
    at: string
    done: { user: string; at: string } | null
  }[]
  readonly assignee: string | null
  readonly reports: readonly {
    sha256: string
    format: string
    language: string
    writtenAt: string
    writtenBy: string
  }[]
  readonly record: { readonly events: number; readonly digest: string }
}
