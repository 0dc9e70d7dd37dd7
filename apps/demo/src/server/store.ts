import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { Sorry } from "../sorry.ts";
import type { Notification } from "../shared/notification.ts";

/** Something to keep. */
export interface Letter {
  /** Who publishes it, and what they call it: twice the same is one. */
  readonly publisher: string;
  readonly key: string;
  /** Whose it is; everybody's without one. */
  readonly to: string | undefined;
  readonly from: string;
  readonly subject: string;
  readonly preview: string;
  readonly kind: Notification["kind"];
}

/** SQLite's SQLITE_BUSY. */
const busy = 5;

type Row = Record<string, SQLOutputValue>;
type Values = Record<string, string | number | null>;

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS revision (n INTEGER NOT NULL) STRICT;
  INSERT INTO revision SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM revision);
  CREATE TABLE IF NOT EXISTS notification (
    id INTEGER PRIMARY KEY, publisher TEXT NOT NULL, key TEXT NOT NULL, recipient TEXT, sender TEXT NOT NULL,
    subject TEXT NOT NULL, preview TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL, revision INTEGER NOT NULL,
    UNIQUE (publisher, key)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS reading (
    reader TEXT NOT NULL, notification INTEGER NOT NULL REFERENCES notification ON DELETE CASCADE, revision INTEGER NOT NULL,
    PRIMARY KEY (reader, notification)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS login (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS secret (hex TEXT NOT NULL) STRICT;
`;

/** A notification as one reader sees it. */
const seen = `
  SELECT n.id, max(n.revision, coalesce(r.revision, 0)) AS revision, recipient, sender, subject, preview, kind, at,
    r.revision IS NOT NULL AS isRead
  FROM notification n LEFT JOIN reading r ON r.notification = n.id AND r.reader = :reader
  WHERE (recipient IS NULL OR recipient = :reader)
`;

/** Everything that outlives the process. What a method has returned from is on the disk. */
export class Store implements Disposable {
  readonly #database: DatabaseSync;
  readonly #listeners: Set<() => void> = new Set();

  /** @param file - where it is kept, or `":memory:"` @throws Sorry when another demo keeps it */
  constructor(file: string) {
    this.#database = new DatabaseSync(file, { timeout: 1_000 });
    try {
      // Two demos on one file would not hear of each other's notifications.
      this.#database.exec(`PRAGMA locking_mode = EXCLUSIVE; ${schema}`);
    } catch (error) {
      this.#database.close();
      throw new Sorry(
        (error as { readonly errcode?: number }).errcode === busy
          ? `Another demo uses ${file}: choose another folder with --data`
          : `${file} cannot be used (${(error as Error).message}): choose another folder with --data`,
      );
    }
  }

  [Symbol.dispose](): void {
    this.#listeners.clear();
    this.#database.close();
  }

  /** The last change of anything. */
  get revision(): number {
    return Number(this.#get("SELECT n FROM revision")?.["n"]);
  }

  /**
   * Keeps it, and tells everybody who listens. What its publisher has given under that key before is the same one: it says now what
   * this one says, and whoever has read it has.
   */
  publish(letter: Letter): { readonly id: number; readonly known: boolean } {
    const { publisher, key, to, from, subject, preview, kind } = letter;
    const sql =
      "SELECT id, sender, subject, preview FROM notification WHERE publisher = :publisher AND key = :key";
    const known = this.#get(sql, { publisher, key });
    let id = Number(known?.["id"]);
    if (known && known["sender"] === from && known["subject"] === subject && known["preview"] === preview) {
      return { id, known: true };
    }
    this.#change(() => {
      const revision = this.#next();
      const says = { from, subject, preview, revision };
      if (known) {
        this.#run(
          `UPDATE notification SET sender = :from, subject = :subject, preview = :preview, revision = :revision
           WHERE id = :id`,
          { ...says, id },
        );
      } else {
        id = revision;
        this.#run(
          `INSERT INTO notification
           VALUES (:id, :publisher, :key, :to, :from, :subject, :preview, :kind, :at, :revision)`,
          { ...says, id, publisher, key, to: to ?? null, kind, at: Date.now() },
        );
      }
    });
    return { id, known: known !== undefined };
  }

  /** The reader has read them. What is not theirs, or was read before, changes nothing. */
  markRead(reader: string, ids: readonly number[]): void {
    const unread = this.#all(
      `SELECT id FROM (${seen}) WHERE isRead = 0 AND id IN (SELECT value FROM json_each(:ids))`,
      { reader, ids: JSON.stringify(ids) },
    );
    this.#read(reader, unread);
  }

  /** The reader has read all there is. */
  markAllRead(reader: string): void {
    this.#read(reader, this.#all(`SELECT id FROM (${seen}) WHERE isRead = 0`, { reader }));
  }

  #read(reader: string, unread: readonly Row[]): void {
    if (unread.length === 0) return;
    this.#change(() => {
      // Each under its own revision: whoever stops between two goes on with the second.
      for (const { id } of unread) {
        const revision = this.#next();
        this.#run("INSERT INTO reading VALUES (:reader, :id, :revision)", {
          reader,
          id: Number(id),
          revision,
        });
      }
    });
  }

  /** What changed for the reader after that revision, the oldest change first. */
  after(reader: string, revision: number, limit: number): readonly Notification[] {
    const sql = `SELECT * FROM (${seen}) WHERE revision > :revision ORDER BY revision LIMIT :limit`;
    return this.#all(sql, { reader, revision, limit }).map(notification);
  }

  /** The latest of the reader's notifications, the oldest change first. */
  latest(reader: string, limit: number): readonly Notification[] {
    const sql = `SELECT * FROM (${seen} ORDER BY n.id DESC LIMIT :limit) ORDER BY revision`;
    return this.#all(sql, { reader, limit }).map(notification);
  }

  /** Those before that one, the oldest first. */
  before(reader: string, id: number, limit: number): readonly Notification[] {
    const sql = `SELECT * FROM (${seen} AND n.id < :id ORDER BY n.id DESC LIMIT :limit) ORDER BY id`;
    return this.#all(sql, { reader, id, limit }).map(notification);
  }

  /** How many the reader has, and has not read. */
  counts(reader: string): { readonly total: number; readonly unread: number } {
    const sql = `SELECT count(*) AS total, sum(isRead = 0) AS unread FROM (${seen})`;
    const row = this.#get(sql, { reader });
    return { total: Number(row?.["total"] ?? 0), unread: Number(row?.["unread"] ?? 0) };
  }

  /** Forgets all that was only for those whose name begins so. */
  forget(recipient: string): void {
    this.#run("DELETE FROM notification WHERE substr(recipient, 1, length(:recipient)) = :recipient", {
      recipient,
    });
  }

  /** Calls `listener` after each change; returns the undo. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Somebody signed in. */
  addLogin(id: string, name: string): void {
    this.#run("INSERT INTO login VALUES (:id, :name)", { id, name });
  }

  /** Whose sign-in that is, unless they have signed out. */
  login(id: string): string | undefined {
    const name = this.#get("SELECT name FROM login WHERE id = :id", { id })?.["name"];
    return name === undefined ? undefined : String(name);
  }

  /** Signs them out wherever they are. */
  dropLogins(name: string): void {
    this.#run("DELETE FROM login WHERE name = :name", { name });
  }

  /** What `make` made when the store was new. */
  secret(make: () => string): string {
    this.#run("INSERT INTO secret SELECT :made WHERE NOT EXISTS (SELECT 1 FROM secret)", { made: make() });
    return String(this.#get("SELECT hex FROM secret")?.["hex"]);
  }

  /** Writes all or nothing, and tells of it. */
  #change(write: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      write();
      this.#database.exec("COMMIT");
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
    for (const listener of this.#listeners) listener();
  }

  /** A new revision. */
  #next(): number {
    return Number(this.#get("UPDATE revision SET n = n + 1 RETURNING n")?.["n"]);
  }

  #run(sql: string, values: Values): void {
    this.#database.prepare(sql).run(values);
  }

  #get(sql: string, values: Values = {}): Row | undefined {
    return this.#database.prepare(sql).get(values);
  }

  #all(sql: string, values: Values): readonly Row[] {
    return this.#database.prepare(sql).all(values);
  }
}

function notification({
  id,
  revision,
  recipient,
  sender,
  subject,
  preview,
  kind,
  at,
  isRead,
}: Row): Notification {
  return {
    id: Number(id),
    revision: Number(revision),
    ...(recipient === null ? {} : { to: String(recipient) }),
    from: String(sender),
    subject: String(subject),
    preview: String(preview),
    kind: kind === "mail" ? "mail" : "note",
    at: new Date(Number(at)),
    read: isRead === 1,
  };
}
