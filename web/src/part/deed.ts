import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../call.ts'

/** Writes, and then what is shown is asked again: all of it, or what one operation answered. */
export function useDeed<T = unknown>(operation: string, changes?: string) {
  const queries = useQueryClient()
  const filter = changes === undefined ? {} : { queryKey: [changes] }
  return useMutation({
    mutationFn: (input: object) => call<T>(operation, input),
    onSuccess: () => void queries.invalidateQueries(filter),
  })
}
