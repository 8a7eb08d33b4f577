/** Gives names that are one of a kind: `nvme0`, and to the next one of that name `nvme0 2`. */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>()
  return (name) => {
    let unique = name
    for (let number = 2; taken.has(unique); number++) unique = `${name} ${number}`
    taken.add(unique)
    return unique
  }
}
