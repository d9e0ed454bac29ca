import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { call } from '../call.ts'

/** What a form does when it is sent, in place of loading the page anew. */
export function submitting(act: () => unknown): (event: FormEvent) => void {
  return event => {
    event.preventDefault()
    act()
  }
}

/** Writes, and then what is shown is asked again: all of it, or what one operation answered. */
export function useDeed<T = unknown>(operation: string, changes?: string) {
  const queries = useQueryClient()
  const filter = changes === undefined ? {} : { queryKey: [changes] }
  return useMutation({
    mutationFn: (input: object) => call<T>(operation, input),
    onSuccess: () => void queries.invalidateQueries(filter),
  })
}
