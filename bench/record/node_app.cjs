// The Node and PostgreSQL twin, one process a core: appends entries to a record, each durable
// before it is answered. NODE_PATH leads to the package pg.
//
// usage: node node_app.cjs ADDRESS PORT [PROCESSES [CONNECTIONS]]

const cluster = require("node:cluster");
const { createCipheriv, createHash, randomBytes } = require("node:crypto");
const { createServer } = require("node:http");

const [, , address, port, processes = "2", connections = "1"] = process.argv;
const place = /^\/api\/v1\/inspections\/([a-z0-9-]+)\/entries$/;
const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const mostEntries = 100;
const mostBytes = 1 << 20;

if (cluster.isPrimary) {
  for (let count = 0; count < Number(processes); count += 1) cluster.fork();
} else {
  serve();
}

function serve() {
  const { Pool } = require("pg");
  const pool = new Pool({ connectionString: address, max: Number(connections) });
  pool.on("error", () => {}); // An idle connection broke; the pool opens another.
  const tokens = new Map();

  class Refusal extends Error {
    constructor(status) {
      super(`${status}`);
      this.status = status;
    }
  }

  function digest(text) {
    return `sha256:${createHash("sha256").update(text).digest("hex")}`;
  }

  // Whose token it is, the inspection's edition and its key; kept for a second.
  async function authorOf(request, inspection) {
    const [scheme, token] = (request.headers.authorization ?? "").split(" ");
    if (scheme !== "Bearer" || !token) throw new Refusal(401);
    const name = digest(token);
    let known = tokens.get(name);
    if (!known || known.until < performance.now()) {
      const { rows } = await pool.query({
        name: "token",
        text: `SELECT account, inspection, edition, key FROM tokens JOIN inspections
          USING (inspection) WHERE digest = $1`,
        values: [name],
      });
      if (rows.length === 0) throw new Refusal(401);
      const key = Buffer.from(rows[0].key, "base64");
      known = { ...rows[0], key, until: performance.now() + 1000 };
      tokens.set(name, known);
    }
    if (known.inspection !== inspection) throw new Refusal(403);
    return known;
  }

  function isName(text) {
    return typeof text === "string" && text.length > 0 && Buffer.byteLength(text) <= 200;
  }

  function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  function isSound(entry) {
    return (
      isObject(entry) &&
      typeof entry.id === "string" &&
      uuid7.test(entry.id) &&
      isName(entry.event) &&
      isName(entry.subject) &&
      Number.isSafeInteger(entry.over) &&
      isObject(entry.values) &&
      (entry.sealed == null || isObject(entry.sealed))
    );
  }

  function sealed(entry, key) {
    if (entry.sealed == null) return null;
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, nonce);
    cipher.setAAD(Buffer.from(`entry ${entry.id}`));
    const text = cipher.update(JSON.stringify(entry.sealed), "utf8");
    const rest = cipher.final();
    return Buffer.concat([nonce, text, rest, cipher.getAuthTag()]).toString("base64");
  }

  async function record(inspection, author, entries, boxes) {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      const outcomes = await recordIn(client, inspection, author, entries, boxes);
      await client.query("COMMIT");
      client.release();
      return outcomes;
    } catch (error) {
      // A connection in doubt is not used again.
      client.release(error);
      throw error;
    }
  }

  async function recordIn(client, inspection, author, entries, boxes) {
    const { rows: heads } = await client.query({
      name: "head",
      text: "SELECT sequence, digest, recorded_at FROM records WHERE inspection = $1 FOR UPDATE",
      values: [inspection],
    });
    let sequence = Number(heads[0].sequence);
    let previous = heads[0].digest;
    const now = Math.max(Date.now(), Number(heads[0].recorded_at ?? 0));
    const at = new Date(now).toISOString();
    const outcomes = [];
    for (const [index, entry] of entries.entries()) {
      if (entry.over < 0 || entry.over > sequence) {
        outcomes.push({ id: entry.id, outcome: "refused" });
        continue;
      }
      const line = JSON.stringify({
        id: entry.id,
        inspection,
        sequence: sequence + 1,
        at,
        author: author.account,
        event: entry.event,
        subject: entry.subject,
        over: entry.over,
        edition: author.edition,
        values: entry.values,
        sealed: boxes[index],
        previous,
      });
      const next = digest(line);
      // One statement adds the entry and moves the head, unless its id is in the way.
      const { rowCount } = await client.query({
        name: "entry",
        text: `WITH added AS (
            INSERT INTO entries (inspection, sequence, id, subject, line)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING RETURNING sequence)
          UPDATE records SET sequence = $2, digest = $6, recorded_at = $7
          WHERE inspection = $1 AND EXISTS (SELECT 1 FROM added)`,
        values: [
          inspection, sequence + 1, entry.id, entry.subject, line, next, now,
        ],
      });
      if (rowCount === 0) {
        outcomes.push(await notAdded(client, entry));
        continue;
      }
      sequence += 1;
      previous = next;
      outcomes.push({ id: entry.id, outcome: "recorded", sequence });
    }
    return outcomes;
  }

  async function notAdded(client, entry) {
    const { rows } = await client.query({
      name: "earlier",
      text: "SELECT sequence FROM entries WHERE id = $1",
      values: [entry.id],
    });
    return { id: entry.id, outcome: "repeated", sequence: Number(rows[0].sequence) };
  }

  async function body(request) {
    const chunks = [];
    let size = 0;
    for await (const chunk of request) {
      size += chunk.length;
      if (size > mostBytes) throw new Refusal(413);
      chunks.push(chunk);
    }
    try {
      return JSON.parse(Buffer.concat(chunks).toString("utf8"));
    } catch {
      throw new Refusal(400);
    }
  }

  async function answer(request) {
    const found = place.exec(request.url);
    if (!found) throw new Refusal(404);
    if (request.method !== "POST") throw new Refusal(405);
    const inspection = found[1];
    const author = await authorOf(request, inspection);
    const entries = (await body(request))?.entries;
    if (!Array.isArray(entries) || entries.length < 1 || entries.length > mostEntries) {
      throw new Refusal(400);
    }
    if (!entries.every(isSound)) throw new Refusal(400);
    const boxes = entries.map((entry) => sealed(entry, author.key));
    return { outcomes: await record(inspection, author, entries, boxes) };
  }

  createServer(async (request, response) => {
    try {
      const text = JSON.stringify(await answer(request));
      response.writeHead(200, {
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(text),
      });
      response.end(text);
    } catch (error) {
      response.writeHead(error instanceof Refusal ? error.status : 500).end();
    }
  }).listen(Number(port), "127.0.0.1");
}
