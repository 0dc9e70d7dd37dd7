/** Tells the page of this very demo from all others: they may send requests here, too. */
export function ownOrigins(port: number): (origin: string) => boolean {
  const own = new Set([`http://127.0.0.1:${port}`, `http://localhost:${port}`]);
  return (origin) => own.has(origin);
}
