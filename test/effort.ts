/**
 * Milliseconds of processor time that this process, with all its threads, spends on a piece of work: by the clock it
 * would be as long as the machine is busy with other things.
 */
export function effortOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
