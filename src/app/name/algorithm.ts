/** How names are compared, by the name that clients of yente ask for. */
export const ALGORITHM = 'athar-names-2'

/** Names of yente's own algorithms are taken too, so that a client's setting need not change; there is one here. */
export const ALGORITHMS: readonly string[] = [
  ...[ALGORITHM, 'best', 'name-based', 'name-qualified', 'logic-v1', 'logic-v2', 'regression-v1'],
]
