/** Reasons to stop that name a service. */
export const SERVICES: readonly string[] = ['service', 'mixer']
