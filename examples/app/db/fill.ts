/** `node db/fill.ts`: a database as large as production's, for the plans of queries. */
import { Client } from "pg";
import { where } from "../server/database.ts";
import { fill } from "./seed.ts";

const client = new Client(where(process.env));
await client.connect();
await fill(client, 20_000).finally(() => client.end());
