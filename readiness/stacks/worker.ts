/** A thread that judges states, one after the other. */
import { parentPort, workerData } from "node:worker_threads";
import { type Circumstances, rowOf, type Task } from "./judge.ts";

const circumstances = workerData as Circumstances;

parentPort?.on("message", (task: Task) => parentPort?.postMessage(rowOf(task, circumstances)));
