// The Node and PostgreSQL twin, one process a core: appends entries to a record, each durable
// before it is answered. Programs with a token append anything, assessors who signed in append
// answers on cases that they have or had. NODE_PATH leads to the package pg.
//
// usage: node node_app.cjs ADDRESS PORT [PROCESSES [CONNECTIONS]]

const cluster = require("node:cluster");
const { createCipheriv, createHash, randomBytes } = require("node:crypto");
const { createServer } = require("node:http");

const [, , address, port, processes = "2", connections = "1"] = process.argv;
const place = /^\/api\/v1\/inspections\/([a-z0-9-]+)\/entries$/;
const devicePlace = /^\/fieldwork\/([a-z0-9-]+)\/device\/entries$/;
const subject = /^answer\/([1-9][0-9]{0,8})\/([0-9.]+)$/;
const prompt = /^p([1-9][0-9]?)$/;
const answerWords = new Set(["sufficient", "insufficient", "not-applicable", null]);
const promptWords = new Set(["yes", "no", "not-applicable", null]);
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

  // Assessors

  // Who signed in and may answer here, the inspection's edition and its key, and which of some
  // cases they have or had.
  async function assessorOf(request, inspection) {
    const cookies = (request.headers.cookie ?? "").split("; ");
    const secret = cookies.find((one) => one.startsWith("plumbline-session="))?.slice(18) ?? "";
    const { rows } = await pool.query({
      name: "session",
      text: `SELECT account, role, edition, key, ARRAY(
          SELECT number FROM allotments
          WHERE allotments.inspection = $2 AND allotments.account = sessions.account) AS cases
        FROM sessions JOIN accounts ON accounts.id = account LEFT JOIN members USING (account)
        LEFT JOIN inspections USING (inspection) WHERE digest = $1 AND inspection = $2
        AND expires_at > $3 AND is_disabled = 0 AND is_administrator = 0`,
      values: [digest(`session ${secret}`), inspection, Date.now()],
    });
    if (rows.length === 0) throw new Refusal(401);
    const author = rows[0];
    if (author.role !== "assessor" && author.role !== "lead") throw new Refusal(403);
    const token = createHash("sha256").update(`form ${secret}`).digest("hex");
    if (request.headers["x-form-token"] !== token) throw new Refusal(403);
    if ((request.headers["sec-fetch-site"] ?? "same-origin") !== "same-origin") {
      throw new Refusal(403);
    }
    author.key = Buffer.from(author.key, "base64");
    author.cases = new Set(author.cases.map(Number));
    return author;
  }

  let prompts;
  async function promptsOfQuestions() {
    prompts ??= pool
      .query("SELECT code, prompts FROM questions")
      .then(({ rows }) => new Map(rows.map((row) => [row.code, Number(row.prompts)])));
    return prompts;
  }

  function isStatement(name, value, count) {
    if (name === "answer") return answerWords.has(value);
    if (name === "note" || name === "reason") return typeof value === "boolean";
    if (name === "replaces") {
      return Array.isArray(value) && value.every((one) => uuid7.test(one));
    }
    const number = Number(prompt.exec(name)?.[1] ?? 0);
    return number >= 1 && number <= count && promptWords.has(value);
  }

  // Whether it is an answer to a question of the edition, on a case that was once theirs.
  function maySay(entry, author, questions) {
    if (!isSound(entry) || entry.event !== "answer-given") return false;
    const found = subject.exec(entry.subject);
    if (!found || !questions.has(found[2]) || !author.cases.has(Number(found[1]))) return false;
    if (Buffer.byteLength(JSON.stringify(entry.sealed ?? null)) > 65536) return false;
    const said = Object.entries(entry.values);
    const count = questions.get(found[2]);
    return said.length > 0 && said.every(([name, value]) => isStatement(name, value, count));
  }

  async function save(request, inspection) {
    const author = await assessorOf(request, inspection);
    const { entries, device, waiting } = (await body(request)) ?? {};
    if (!isList(entries)) throw new Refusal(400);
    if (typeof device !== "string" || !uuid7.test(device)) throw new Refusal(400);
    if (!Number.isSafeInteger(waiting) || waiting < 0) throw new Refusal(400);
    const questions = await promptsOfQuestions();
    const may = entries.map((entry) => maySay(entry, author, questions));
    const said = entries.filter((_, index) => may[index]);
    const boxes = said.map((entry) => sealed(entry, author.key));
    const contact = [
      inspection, device, author.account, Date.now(), Math.max(0, waiting - said.length),
    ];
    const outcomes = (await record(inspection, author, said, boxes, contact)).values();
    return {
      outcomes: entries.map((entry, index) =>
        may[index] ? outcomes.next().value : { id: entry?.id, outcome: "refused" },
      ),
    };
  }

  // The record

  async function record(inspection, author, entries, boxes, contact) {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      const outcomes = await recordIn(client, inspection, author, entries, boxes);
      // After the head was locked, which this refers to: or two processes wait for each other.
      if (contact) {
        await client.query({
          name: "contact",
          text: `INSERT INTO device_contacts VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (inspection, device, author)
            DO UPDATE SET at = excluded.at, waiting = excluded.waiting`,
          values: contact,
        });
      }
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

  function isList(entries) {
    return Array.isArray(entries) && entries.length >= 1 && entries.length <= mostEntries;
  }

  async function answer(request) {
    if (request.method !== "POST") throw new Refusal(405);
    const atDevice = devicePlace.exec(request.url);
    if (atDevice) return save(request, atDevice[1]);
    const found = place.exec(request.url);
    if (!found) throw new Refusal(404);
    return append(request, found[1]);
  }

  async function append(request, inspection) {
    const author = await authorOf(request, inspection);
    const entries = (await body(request))?.entries;
    if (!isList(entries)) throw new Refusal(400);
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
