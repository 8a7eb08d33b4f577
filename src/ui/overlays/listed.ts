/** The part of a list of choices that a dialog of some height shows: around the selected one. */
export function listed(total: number, selected: number, rows: number): { first: number; count: number } {
  const count = Math.max(1, Math.min(total, rows))
  return { first: Math.max(0, Math.min(selected - Math.floor(count / 2), total - count)), count }
}
