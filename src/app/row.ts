import type { Operation } from './operation.ts'

/**
 * One row of the table of operations. It is light: the module behind it is loaded when the operation is asked for, so
 * that `athar --help` need not read the whole program. A test holds each row equal to the operation that it loads.
 */
export type Row = Pick<Operation, 'name' | 'summary' | 'access'> & { readonly load: () => Promise<Operation> }

export function row(name: string, summary: string, access: Operation['access'], load: Row['load']): Row {
  let loaded: Promise<Operation> | undefined
  // A server asks for the same one at each request, and `import` looks for the module each time.
  const once = () => {
    loaded ??= load()
    return loaded
  }
  return { name, summary, access, load: once }
}
