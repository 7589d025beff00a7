// Rows that change, and rows that are the same row.
const m = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8],
]
const grid = Array.from({ length: 4 }, (_, i) => Array.from({ length: 3 }, (_, j) => i * 10 + j))
const row = m[1]
const rows = [row, row, m[0]]
export default () => {
  const i = currentFrame % 3
  const j = (currentFrame >> 2) % 3
  rows[i][j] = (rows[i][j] + 1) % 50
  grid[i + 1][j] += m[1][j]
  if (grid[i + 1][j] > 1000) grid[i + 1][j] = 0
  return [m[0][j] + m[1][j] * 100 + row[j], grid[3][j] + m[i].length + grid[0][2]]
}
