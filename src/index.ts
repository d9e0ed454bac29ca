/** What programs may import from the package. Everything else is inside. */
export { Failure } from './std/failure.ts'
