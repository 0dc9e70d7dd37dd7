/** The page of this very demo: pages from elsewhere may send requests here, too. */
export function ownOrigins(port: number): readonly string[] {
  return [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
}
