import { type Progress, upload, work } from '../call.ts'

/** What files can be, and the operation that takes them. */
export const KINDS = ['capture', 'blocks', 'transfers', 'list', 'prices'] as const
export type Kind = (typeof KINDS)[number]

export const NETWORKS = [
  'bitcoin',
  'litecoin',
  'bitcoin-testnet3',
  'bitcoin-signet',
  'bitcoin-regtest',
  'litecoin-regtest',
]
export const FORMATS = [
  ...[
    'addresses',
    'auto',
    'tagpack',
    'actorpack',
    'ofac-advanced',
    'ofac-sdn',
    'ofac-enhanced',
    'nbctf',
    'un',
    'eu',
    'uk',
  ],
  ...['opensanctions', 'issuer-freezes', 'stix', 'misp'],
]

export type Choice = {
  readonly kind: Kind
  readonly network: string
  readonly format: string
  readonly authority: string
  /** Day of publication, where the file does not say it; empty: not given. */
  readonly published: string
  /** Asset of a price file. */
  readonly asset: string
}

/** A guess from the names; whoever drops the files decides. */
export function guess(files: readonly File[]): Kind {
  const names = files.map(file => file.name.toLowerCase())
  if (names.every(name => /\.(dat|blk|hex|bin)$/.test(name))) return 'blocks'
  if (names.every(name => /\.csv$/.test(name))) return 'transfers'
  return names.every(name => /\.(xml|ya?ml)$/.test(name)) ? 'list' : 'capture'
}

export type State = {
  readonly file: File
  readonly stage: 'waiting' | 'sending' | 'working' | 'done' | 'failed' | 'cancelled'
  readonly sent: number
  readonly progress: Progress | null
  readonly error: Error | null
  readonly answer: unknown
}

/** One file: sent, then worked on as a job that can be cancelled. */
export async function load(
  file: File,
  choice: Choice,
  signal: AbortSignal,
  tell: (change: Partial<State>) => void,
): Promise<void> {
  try {
    tell({ stage: 'sending' })
    const id = await upload(file, sent => tell({ sent }), signal)
    tell({ stage: 'working' })
    const [operation, input] = asked(choice, id)
    const answer = await work<unknown>(operation, input, progress => tell({ progress }), signal)
    tell({ stage: 'done', answer })
  } catch (cause) {
    if (signal.aborted) tell({ stage: 'cancelled' })
    else tell({ stage: 'failed', error: cause instanceof Error ? cause : new Error(String(cause)) })
  }
}

function asked({ kind, network, format, authority, published, asset }: Choice, id: string): [string, object] {
  const said = published === '' ? {} : { published }
  if (kind === 'prices') return ['ledger price', { file: id, asset: asset.trim() }]
  if (kind === 'blocks') return ['ledger add', { network, files: [id] }]
  if (kind === 'transfers') return ['ledger import', { file: id }]
  if (kind === 'capture') return ['capture add', { paths: [id] }]
  return [
    'list add',
    { format, file: id, ...said, ...(authority.trim() === '' ? {} : { authority: authority.trim() }) },
  ]
}

const listeners = new Set<() => void>()

/** Opens the choice of files: the keyboard's way to what dropping does. */
export function chooseFiles(): void {
  for (const listen of listeners) listen()
}

export function onChoose(listen: () => void): () => void {
  listeners.add(listen)
  return () => listeners.delete(listen)
}
